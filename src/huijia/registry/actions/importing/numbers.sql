-- What is known of the numbers of one block; see `numbers.py`.

-- name: stage
CREATE TEMP TABLE IF NOT EXISTS asked (
    position integer NOT NULL, row integer NOT NULL, key uuid NOT NULL, name text NOT NULL
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS seen (
    key uuid PRIMARY KEY, row integer NOT NULL, name text NOT NULL
);

-- name: unstage
DROP TABLE IF EXISTS asked, seen;

-- name: see
INSERT INTO seen (key, row, name)
SELECT DISTINCT ON (key) key, row, name FROM asked ORDER BY key, row
ON CONFLICT (key) DO NOTHING;

-- name: twins
SELECT a.position, s.row, s.name
  FROM asked a JOIN seen s ON s.key = a.key AND s.row <> a.row;

-- name: known
SELECT EXISTS (
    SELECT FROM registry_match((SELECT array_agg(key ORDER BY key) FROM asked),
                               (SELECT array_agg(name ORDER BY key) FROM asked)));
