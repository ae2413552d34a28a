-- The statements of one chunk of members, by name. What they rest on: a chunk of some ten thousand
-- rows in session tables, `registry_match` for what lies beyond reach, row-level security on
-- identities for what is written. Ids are drawn into `judged`, so that no insert has to answer.
-- Both sorts are by blind index: the inserts walk the index of numbers in order, and the new ids
-- follow the same order.

-- name: stage
CREATE TEMP TABLE IF NOT EXISTS incoming (
    position integer NOT NULL, row integer NOT NULL, key uuid NOT NULL,
    number_sealed bytea NOT NULL, phone_key uuid, phone_sealed bytea, paper text NOT NULL,
    name text NOT NULL, grams text[] NOT NULL, sex text NOT NULL, birth_date date,
    ethnicity text, education text, political_status text, household text, employment text,
    new_employment text, workplace text, employer_code text, group_name text, joined_on date,
    card_number text, union_id integer NOT NULL, level_1 integer, level_2 integer, level_3 integer,
    level_4 integer, level_5 integer, union_employer_id bigint,
    first_row integer, first_name text
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS matched (
    number_index uuid NOT NULL, standing text NOT NULL, person_id bigint, membership_id bigint
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS judged (
    position integer NOT NULL, verdict text NOT NULL, reason text, fact text,
    person_id bigint, membership_id bigint, is_known boolean NOT NULL, employer_id bigint,
    changed text[] NOT NULL, version integer
) ON COMMIT DELETE ROWS;

-- name: unstage
DROP TABLE IF EXISTS incoming, matched, judged;

-- name: match
INSERT INTO matched
SELECT number_index, standing, person_id, membership_id
  FROM registry_match(
         (SELECT array_agg(key ORDER BY key) FROM incoming WHERE first_row IS NULL),
         (SELECT array_agg(name ORDER BY key) FROM incoming WHERE first_row IS NULL));

-- The same as `judge` for rows of which nobody is known yet: the common case of a first sheet.
-- name: judge_strangers
INSERT INTO judged
SELECT position, 'N', NULL, NULL,
       CASE WHEN NOT %(is_dry_run)s THEN nextval('people_person_id_seq') END,
       CASE WHEN NOT %(is_dry_run)s THEN nextval('registry_membership_id_seq') END,
       false, employer_id, '{}'
  FROM (
    SELECT i.position, i.key,
           coalesce(e.id, CASE WHEN i.employer_code IS NULL THEN i.union_employer_id END)
             AS employer_id
      FROM incoming i
      LEFT JOIN LATERAL (SELECT id FROM orgs_employer
                          WHERE credit_code = i.employer_code LIMIT 1) e ON true
  ) AS strangers
 ORDER BY key;

-- The laterals, each of one row by a unique index, keep the planner from reading whole tables: of
-- session tables it has no statistics.
-- name: judge
INSERT INTO judged
SELECT position, verdict, reason, fact,
       CASE WHEN verdict = 'N' AND NOT is_known AND NOT %(is_dry_run)s
            THEN nextval('people_person_id_seq') ELSE person_id END,
       CASE WHEN verdict = 'N' AND NOT %(is_dry_run)s
            THEN nextval('registry_membership_id_seq') ELSE membership_id END,
       is_known, employer_id, changed, version
  FROM (
    SELECT position, key, is_known, person_id, membership_id, employer_id, changed, version, fact,
           CASE WHEN fact IS NOT NULL THEN 'R'
                WHEN reason IS NOT NULL THEN 'C'
                WHEN membership_id IS NULL THEN 'N'
                WHEN changed = '{}' THEN 'S'
                ELSE 'U' END AS verdict,
           reason
      FROM (
        SELECT i.position, i.key, m.person_id, m.membership_id,
               coalesce(m.standing = 'known', false) AS is_known,
               i.first_row::text AS fact,
               CASE WHEN i.first_name <> i.name THEN 'number_of_another_row@number'
                    WHEN i.first_row IS NOT NULL THEN 'twice_in_sheet@number'
                    WHEN m.standing IN ('elsewhere', 'other_name') THEN 'decided_above@number'
                    WHEN p.name <> i.name THEN 'name_differs@name'
                    WHEN ms.union_id <> i.union_id THEN 'member_of_another@union'
               END AS reason,
               coalesce(e.id, CASE WHEN i.employer_code IS NULL THEN i.union_employer_id END)
                 AS employer_id,
               CASE WHEN m.membership_id IS NULL THEN '{}'::text[]
                    ELSE {person_changes} || {membership_changes} END AS changed,
               ms.version + p.version AS version
          FROM incoming i
          LEFT JOIN matched m ON m.number_index = i.key AND i.first_row IS NULL
          LEFT JOIN LATERAL (SELECT * FROM people_person
                              WHERE id = m.person_id LIMIT 1) p ON true
          LEFT JOIN LATERAL (SELECT * FROM people_identity
                              WHERE person_id = m.person_id LIMIT 1) d ON true
          LEFT JOIN LATERAL (SELECT * FROM registry_membership
                              WHERE id = m.membership_id LIMIT 1) ms ON true
          LEFT JOIN LATERAL (SELECT * FROM registry_group
                              WHERE id = ms.group_id LIMIT 1) g ON true
          LEFT JOIN LATERAL (SELECT id FROM orgs_employer
                              WHERE credit_code = i.employer_code LIMIT 1) e ON true
      ) AS compared
  ) AS decided
 ORDER BY key;

-- name: person_changes
array_remove(ARRAY[
    CASE WHEN i.sex IN ('1', '2') AND i.sex <> p.sex THEN 'sex' END,
    CASE WHEN i.birth_date IS NOT NULL AND i.birth_date IS DISTINCT FROM p.birth_date
         THEN 'birth_date' END,
    CASE WHEN i.ethnicity <> p.ethnicity THEN 'ethnicity' END,
    CASE WHEN i.education <> p.education THEN 'education' END,
    CASE WHEN i.political_status <> p.political_status THEN 'political_status' END,
    CASE WHEN i.household <> p.household THEN 'household' END,
    CASE WHEN i.phone_key IS NOT NULL AND i.phone_key IS DISTINCT FROM d.phone_index
         THEN 'phone' END
], NULL)

-- name: membership_changes
array_remove(ARRAY[
    CASE WHEN i.employment <> ms.employment THEN 'employment' END,
    CASE WHEN i.new_employment <> ms.new_employment THEN 'new_employment' END,
    CASE WHEN i.workplace <> ms.workplace THEN 'workplace' END,
    CASE WHEN i.card_number <> ms.card_number THEN 'card_number' END,
    CASE WHEN i.joined_on IS NOT NULL AND i.joined_on IS DISTINCT FROM ms.joined_on
         THEN 'joined_on' END,
    CASE WHEN i.group_name IS NOT NULL AND i.group_name IS DISTINCT FROM g.name THEN 'group' END,
    CASE WHEN e.id IS NOT NULL AND e.id IS DISTINCT FROM ms.employer_id THEN 'employer' END
], NULL)

-- name: problems
SELECT j.position, i.row, j.verdict, i.name, j.reason, j.fact
  FROM judged j JOIN incoming i USING (position)
 WHERE j.reason IS NOT NULL;

-- name: notes
SELECT i.position, i.row, j.verdict, i.name,
       CASE WHEN i.employer_code IS NOT NULL AND j.employer_id IS NULL
            THEN 'employer_unknown@employer_code' END
  FROM incoming i JOIN judged j USING (position)
 WHERE j.reason IS NULL
   AND (i.position = ANY(%(noted)s) OR (i.employer_code IS NOT NULL AND j.employer_id IS NULL));

-- name: verdicts
SELECT string_agg(verdict, '' ORDER BY position), coalesce(bool_or(is_known), false) FROM judged;

-- name: take_in
UPDATE judged j SET person_id = t.person_id
  FROM incoming i
  JOIN registry_take_in(
         (SELECT array_agg(i.key ORDER BY i.position)
            FROM judged j JOIN incoming i USING (position) WHERE j.verdict = 'N' AND j.is_known),
         (SELECT array_agg(i.name ORDER BY i.position)
            FROM judged j JOIN incoming i USING (position) WHERE j.verdict = 'N' AND j.is_known),
         (SELECT array_agg(i.union_id ORDER BY i.position)
            FROM judged j JOIN incoming i USING (position) WHERE j.verdict = 'N' AND j.is_known)
       ) t ON t.number_index = i.key
 WHERE i.position = j.position AND j.verdict = 'N' AND j.is_known;

-- name: compare_taken_in
UPDATE judged j SET changed = {person_changes}
  FROM incoming i, people_person p, people_identity d
 WHERE i.position = j.position AND j.verdict = 'N' AND j.is_known
   AND p.id = j.person_id AND d.person_id = j.person_id;

-- name: groups
INSERT INTO registry_group (union_id, name)
SELECT DISTINCT i.union_id, i.group_name
  FROM incoming i JOIN judged j USING (position)
 WHERE i.group_name IS NOT NULL AND j.verdict IN ('N', 'U')
   AND NOT EXISTS (SELECT 1 FROM registry_group g
                    WHERE g.union_id = i.union_id AND g.name = i.group_name)
 ORDER BY 1, 2
ON CONFLICT DO NOTHING;

-- name: persons
INSERT INTO people_person (id, name, name_grams, sex, birth_date, ethnicity, education,
                           political_status, household, version, updated_at)
SELECT j.person_id, i.name, i.grams, i.sex, i.birth_date, coalesce(i.ethnicity, ''),
       coalesce(i.education, ''), coalesce(i.political_status, ''), coalesce(i.household, ''), 1,
       %(at)s
  FROM judged j JOIN incoming i USING (position)
 WHERE j.verdict = 'N' AND NOT j.is_known
 ORDER BY j.person_id;

-- name: identities
INSERT INTO people_identity (person_id, paper, number_sealed, number_index, phone_sealed,
                             phone_index, scope)
SELECT j.person_id, i.paper, i.number_sealed, i.key, i.phone_sealed, i.phone_key,
       array_remove(ARRAY[i.level_1, i.level_2, i.level_3, i.level_4, i.level_5], NULL)
  FROM judged j JOIN incoming i USING (position)
 WHERE j.verdict = 'N' AND NOT j.is_known
 ORDER BY j.person_id;

-- name: memberships
INSERT INTO registry_membership (id, person_id, union_id, level_1, level_2, level_3, level_4,
                                 level_5, state, joined_on, employer_id, workplace, group_id,
                                 card_number, employment, new_employment, version, batch_id,
                                 updated_at)
SELECT j.membership_id, j.person_id, i.union_id, i.level_1, i.level_2, i.level_3, i.level_4,
       i.level_5, 'member', i.joined_on, j.employer_id, coalesce(i.workplace, ''), g.id,
       coalesce(i.card_number, ''), coalesce(i.employment, ''), coalesce(i.new_employment, ''), 1,
       %(batch)s, %(at)s
  FROM judged j JOIN incoming i USING (position)
  LEFT JOIN registry_group g ON g.union_id = i.union_id AND g.name = i.group_name
 WHERE j.verdict = 'N'
 ORDER BY j.membership_id;

-- Who comes back counts as the register knows them, where the sheet does not say the sex.
-- name: begun
SELECT level_1, level_2, level_3, level_4, level_5,
       count(*), count(*) FILTER (WHERE female), count(*) FILTER (WHERE new),
       array_agg(joined_year), '{}'::integer[]
  FROM (
    SELECT i.level_1, i.level_2, i.level_3, i.level_4, i.level_5,
           CASE WHEN i.sex NOT IN ('1', '2') AND j.is_known
                THEN (SELECT p.sex FROM people_person p WHERE p.id = j.person_id)
                ELSE i.sex END = '2' AS female,
           i.new_employment <> '' AS new, extract(year FROM i.joined_on)::integer AS joined_year
      FROM judged j JOIN incoming i USING (position)
     WHERE j.verdict = 'N'
  ) AS facts
 GROUP BY level_1, level_2, level_3, level_4, level_5;

-- Whether all of them are still as they were judged: an act at a desk may have come between.
-- name: lock_changed
WITH held AS (
    SELECT ms.state IN ('member', 'retained') AND ms.version + p.version = j.version AS is_as_judged
      FROM judged j
      JOIN registry_membership ms ON ms.id = j.membership_id
      JOIN people_person p ON p.id = j.person_id
     WHERE j.verdict = 'U'
     ORDER BY ms.id
       FOR NO KEY UPDATE OF ms, p
)
SELECT coalesce(bool_and(is_as_judged), true) FROM held;

-- name: before_and_after
SELECT j.person_id, j.changed, d.phone_sealed, i.phone_sealed,
       jsonb_build_object(
         'sex', jsonb_build_array(p.sex, i.sex),
         'birth_date', jsonb_build_array(p.birth_date, i.birth_date),
         'ethnicity', jsonb_build_array(p.ethnicity, i.ethnicity),
         'education', jsonb_build_array(p.education, i.education),
         'political_status', jsonb_build_array(p.political_status, i.political_status),
         'household', jsonb_build_array(p.household, i.household),
         'employment', jsonb_build_array(ms.employment, i.employment),
         'new_employment', jsonb_build_array(ms.new_employment, i.new_employment),
         'workplace', jsonb_build_array(ms.workplace, i.workplace),
         'card_number', jsonb_build_array(ms.card_number, i.card_number),
         'joined_on', jsonb_build_array(ms.joined_on, i.joined_on),
         'group', jsonb_build_array(g.name, i.group_name),
         'employer', jsonb_build_array(ms.employer_id::text, j.employer_id::text))::text
  FROM judged j JOIN incoming i USING (position)
  JOIN people_person p ON p.id = j.person_id
  JOIN people_identity d ON d.person_id = j.person_id
  LEFT JOIN registry_membership ms ON ms.id = j.membership_id AND j.verdict = 'U'
  LEFT JOIN registry_group g ON g.id = ms.group_id
 WHERE j.changed <> '{}' AND j.verdict IN ('U', 'N');

-- name: shifted
SELECT level_1, level_2, level_3, level_4, level_5, 0,
       coalesce(sum(change) FILTER (WHERE female), 0), coalesce(sum(change) FILTER (WHERE new), 0),
       coalesce(array_agg(joined_year) FILTER (WHERE change > 0), '{}'),
       coalesce(array_agg(joined_year) FILTER (WHERE change < 0), '{}')
  FROM (
    SELECT ms.level_1, ms.level_2, ms.level_3, ms.level_4, ms.level_5, each.*
      FROM judged j JOIN incoming i USING (position)
      JOIN people_person p ON p.id = j.person_id
      JOIN registry_membership ms ON ms.id = j.membership_id
     CROSS JOIN LATERAL (VALUES
            (p.sex = '2', ms.new_employment <> '', extract(year FROM ms.joined_on)::integer, -1),
            (CASE WHEN i.sex IN ('1', '2') THEN i.sex ELSE p.sex END = '2',
             coalesce(i.new_employment, ms.new_employment) <> '',
             extract(year FROM coalesce(i.joined_on, ms.joined_on))::integer, 1)
           ) AS each(female, new, joined_year, change)
     WHERE j.verdict = 'U' AND j.changed && ARRAY['sex', 'new_employment', 'joined_on']
  ) AS facts
 GROUP BY level_1, level_2, level_3, level_4, level_5;

-- A phone is kept with the identity, but counts as a change of the person to who edits them.
-- name: edit_persons
UPDATE people_person p
   SET sex = CASE WHEN i.sex IN ('1', '2') THEN i.sex ELSE p.sex END,
       birth_date = coalesce(i.birth_date, p.birth_date),
       ethnicity = coalesce(i.ethnicity, p.ethnicity),
       education = coalesce(i.education, p.education),
       political_status = coalesce(i.political_status, p.political_status),
       household = coalesce(i.household, p.household),
       version = p.version + 1, updated_at = %(at)s
  FROM judged j JOIN incoming i USING (position)
 WHERE p.id = j.person_id AND j.verdict IN ('U', 'N')
   AND j.changed && ARRAY['sex', 'birth_date', 'ethnicity', 'education', 'political_status',
                          'household', 'phone'];

-- name: edit_phones
UPDATE people_identity d SET phone_sealed = i.phone_sealed, phone_index = i.phone_key
  FROM judged j JOIN incoming i USING (position)
 WHERE d.person_id = j.person_id AND j.verdict IN ('U', 'N') AND 'phone' = ANY(j.changed);

-- name: edit_memberships
UPDATE registry_membership ms
   SET employment = coalesce(i.employment, ms.employment),
       new_employment = coalesce(i.new_employment, ms.new_employment),
       workplace = coalesce(i.workplace, ms.workplace),
       card_number = coalesce(i.card_number, ms.card_number),
       joined_on = coalesce(i.joined_on, ms.joined_on),
       group_id = coalesce(g.id, ms.group_id),
       employer_id = CASE WHEN 'employer' = ANY(j.changed) THEN j.employer_id
                          ELSE ms.employer_id END,
       version = ms.version + 1, updated_at = %(at)s
  FROM judged j JOIN incoming i USING (position)
  LEFT JOIN registry_group g ON g.union_id = i.union_id AND g.name = i.group_name
 WHERE ms.id = j.membership_id AND j.verdict = 'U'
   AND j.changed && ARRAY['employment', 'new_employment', 'workplace', 'card_number', 'joined_on',
                          'group', 'employer'];
