"""Matching across reach: two named functions that answer with verdicts, never with a row.

They run as the owner of the tables, past row-level security, and are the only way in which the
web and worker role learn that a number is known elsewhere. Who asks must hold the blind index of
a number, and so the number and the key ring.
"""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MATCH = """
CREATE FUNCTION registry_match(keys uuid[], names text[])
RETURNS TABLE (number_index uuid, standing text, person_id bigint, membership_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 10000
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    SELECT found.number_index, found.standing,
           CASE WHEN found.standing = 'here' THEN found.person_id END,
           CASE WHEN found.standing = 'here' THEN found.membership_id END
      FROM (
        SELECT i.number_index, i.person_id, m.id AS membership_id,
               CASE
                 WHEN m.id IS NULL AND p.name <> asked.name THEN 'other_name'
                 WHEN m.id IS NULL THEN 'known'
                 WHEN ARRAY[m.level_1, m.level_2, m.level_3, m.level_4, m.level_5]
                      && (SELECT public.huijia_reach()) THEN 'here'
                 ELSE 'elsewhere'
               END AS standing
          FROM unnest(keys, names) AS asked(key, name)
          JOIN public.people_identity i ON i.number_index = asked.key
          JOIN public.people_person p ON p.id = i.person_id
          LEFT JOIN public.registry_membership m
                 ON m.person_id = i.person_id AND m.state IN ('member', 'retained')
      ) AS found
$$;
COMMENT ON FUNCTION registry_match(uuid[], text[]) IS
    'Of each number that is known: here (a membership in force within the reach of this '
    'transaction), elsewhere, known (no membership in force) or other_name (the same).';
"""
TAKE_IN = """
CREATE FUNCTION registry_take_in(keys uuid[], names text[], union_ids integer[])
RETURNS TABLE (number_index uuid, person_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    UPDATE public.people_identity i
       SET scope = ARRAY(
             SELECT DISTINCT unnest(i.scope || array_remove(
               ARRAY[u.level_1, u.level_2, u.level_3, u.level_4, u.level_5], NULL)) ORDER BY 1)
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
    'Lets persons without a membership in force be seen within a union of this reach, for who '
    'knows their number and name.';
"""
SIGNATURES = (
    "registry_match(uuid[], text[])",
    "registry_take_in(uuid[], text[], integer[])",
)


def keep_to_the_roles(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Nobody but the web and worker role may ask."""
    for signature in SIGNATURES:
        editor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        for role in settings.HUIJIA_APPLICATION_ROLES:
            editor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {editor.quote_name(role)}")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_fences"),
        ("registry", "0002_imports"),
    ]
    operations = [
        migrations.RunSQL(MATCH, "DROP FUNCTION registry_match(uuid[], text[])"),
        migrations.RunSQL(TAKE_IN, "DROP FUNCTION registry_take_in(uuid[], text[], integer[])"),
        migrations.RunPython(keep_to_the_roles, migrations.RunPython.noop),
    ]
