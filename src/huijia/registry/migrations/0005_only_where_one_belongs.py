"""Who joins again is seen where the new union is, and no longer where the old one was."""

from django.db import migrations

TAKE_IN = """
CREATE OR REPLACE FUNCTION registry_take_in(keys uuid[], names text[], union_ids integer[])
RETURNS TABLE (number_index uuid, person_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    UPDATE public.people_identity i
       SET scope = {scope}
      FROM unnest(keys, names, union_ids) AS asked(key, name, union_id)
      JOIN public.orgs_union u ON u.id = asked.union_id
       AND ARRAY[u.level_1, u.level_2, u.level_3, u.level_4, u.level_5]
           && (SELECT public.huijia_reach())
     WHERE i.number_index = asked.key
       AND EXISTS (SELECT 1 FROM public.people_person p
                    WHERE p.id = i.person_id AND p.name = asked.name)
       AND NOT EXISTS (SELECT 1 FROM public.registry_membership m
                        WHERE m.person_id = i.person_id AND m.state IN ('member', 'retained'))
    RETURNING i.number_index, i.person_id
$$;
COMMENT ON FUNCTION registry_take_in(uuid[], text[], integer[]) IS
    '{says}';
"""
REPLACING = TAKE_IN.format(
    scope="""array_remove(
             ARRAY[u.level_1, u.level_2, u.level_3, u.level_4, u.level_5], NULL)""",
    says="Lets persons without a membership in force be seen within a union of this reach, and "
    "no longer within the union that they left, for who knows their number and name.",
)
ADDING = TAKE_IN.format(
    scope="""ARRAY(
             SELECT DISTINCT unnest(i.scope || array_remove(
               ARRAY[u.level_1, u.level_2, u.level_3, u.level_4, u.level_5], NULL)) ORDER BY 1)""",
    says="Lets persons without a membership in force be seen within a union of this reach, for "
    "who knows their number and name.",
)
# What was widened before; the few rows are found by one pass over both tables.
NARROW = """
UPDATE people_identity i
   SET scope = array_remove(ARRAY[m.level_1, m.level_2, m.level_3, m.level_4, m.level_5], NULL)
  FROM registry_membership m
 WHERE m.person_id = i.person_id AND m.state IN ('member', 'retained')
   AND NOT i.scope <@ ARRAY[m.level_1, m.level_2, m.level_3, m.level_4, m.level_5]
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_rare_filters")]
    operations = [
        migrations.RunSQL(REPLACING, ADDING),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
    ]
