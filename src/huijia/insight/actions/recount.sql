/* Every figure counted anew and compared with what pages show (merged and pending), in one
   statement and so in one snapshot; each difference is added to the figure.

   Adding, not setting, makes this safe beside writers and merges: what they change after the
   snapshot is added too, in whichever order. Two of these at once would mend twice, hence the
   caller's lock. Plan: one pass over memberships hash-joined with persons (for their sex), grouped
   by union and year; everything after works on the groups. Rows are locked in the order of merges.
   Parameters: in_force, primary_kinds, active, female, joins_since, most. */
WITH facts AS MATERIALIZED (
    SELECT m.level_1, m.level_2, m.level_3, m.level_4, m.level_5,
           extract(year FROM m.joined_on)::smallint AS year,
           count(*) AS members,
           count(*) FILTER (WHERE p.sex = %(female)s) AS women,
           count(*) FILTER (WHERE m.new_employment <> '') AS new_employment
      FROM registry_membership m
      JOIN people_person p ON p.id = m.person_id
     WHERE m.state = ANY(%(in_force)s)
     GROUP BY 1, 2, 3, 4, 5, 6
),
stocks AS MATERIALIZED (
    SELECT level_1, level_2, level_3, level_4, level_5,
           sum(members) AS members, sum(women) AS women, sum(new_employment) AS new_employment
      FROM facts
     GROUP BY 1, 2, 3, 4, 5
),
counted AS (
    SELECT node AS union_id, indicator, 0::smallint AS period, sum(value) AS value
      FROM stocks,
           LATERAL (VALUES (level_1), (level_2), (level_3), (level_4), (level_5)) AS above (node),
           LATERAL (VALUES ('members', members), ('women', women),
                           ('new_employment', new_employment)) AS counts (indicator, value)
     WHERE node IS NOT NULL AND value <> 0
     GROUP BY 1, 2
    UNION ALL
    SELECT node, 'joins', year, sum(members)
      FROM facts,
           LATERAL (VALUES (level_1), (level_2), (level_3), (level_4), (level_5)) AS above (node)
     WHERE node IS NOT NULL AND year >= %(joins_since)s
     GROUP BY 1, 3
    UNION ALL
    SELECT node, 'unions', 0::smallint, count(*)
      FROM orgs_union,
           LATERAL (VALUES (level_1), (level_2), (level_3), (level_4), (level_5)) AS above (node)
     WHERE node IS NOT NULL AND kind = ANY(%(primary_kinds)s) AND state = %(active)s
     GROUP BY 1
),
shown AS (
    SELECT union_id, indicator, period, sum(value) AS value
      FROM (SELECT union_id, indicator, period, value FROM insight_figure
            UNION ALL
            SELECT union_id, indicator, period, change FROM insight_delta) AS parts
     GROUP BY 1, 2, 3
),
differing AS MATERIALIZED (
    SELECT union_id, indicator, period,
           coalesce(counted.value, 0) - coalesce(shown.value, 0) AS change
      FROM counted FULL JOIN shown USING (union_id, indicator, period)
     WHERE coalesce(counted.value, 0) <> coalesce(shown.value, 0)
),
mended AS (
    INSERT INTO insight_figure (union_id, indicator, period, value)
    SELECT union_id, indicator, period, change FROM differing ORDER BY 1, 2, 3
    ON CONFLICT (union_id, indicator, period)
    DO UPDATE SET value = insight_figure.value + EXCLUDED.value
)
SELECT union_id, indicator, period, change, count(*) OVER () AS differences
  FROM differing
 ORDER BY abs(change) DESC, union_id, indicator, period
 LIMIT %(most)s
