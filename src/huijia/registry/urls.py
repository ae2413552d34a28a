"""Addresses of the register, under `/desk/`."""

from django.urls import URLPattern, URLResolver, path

from huijia.registry.views import audit, employers, imports, members, search, tree, unions

app_name = "registry"
NUMBER, PHONE = {"field": "number"}, {"field": "phone"}
DESK: list[URLPattern | URLResolver] = [
    path("unions/", tree.unions, name="unions"),
    path("unions/<int:union_id>/", unions.union, name="union"),
    path("unions/<int:union_id>/children/", tree.children, name="children"),
    path("unions/<int:union_id>/facts/", unions.union_facts, name="union_facts"),
    path("unions/<int:union_id>/employers/", unions.union_employers, name="union_employers"),
    path("unions/<int:union_id>/history/", unions.union_history, name="union_history"),
    path("unions/<int:union_id>/edit/", unions.edit, name="edit"),
    path("unions/<int:union_id>/found/", unions.found, name="found"),
    path("unions/<int:union_id>/officers/new/", unions.appoint, name="appoint"),
    path("unions/<int:union_id>/employers/new/", unions.cover, name="cover"),
    path("unions/<int:union_id>/groups/new/", unions.form_group, name="form_group"),
    path("unions/<int:union_id>/admit/", members.admit, name="admit"),
    path("officers/<int:officer_id>/", unions.officer, name="officer"),
    path("coverage/<int:coverage_id>/", unions.uncover, name="uncover"),
    path("groups/<int:group_id>/", unions.group, name="group"),
    path("members/", members.members, name="members"),
    path("members/new/", members.new, name="new_member"),
    path("members/<int:person_id>/", members.member, name="member"),
    path("members/<int:person_id>/edit/", members.edit, name="edit_member"),
    path("members/<int:person_id>/state/", members.state, name="member_state"),
    path("members/<int:person_id>/number/", members.reveal, NUMBER, name="reveal_number"),
    path("members/<int:person_id>/phone/", members.reveal, PHONE, name="reveal_phone"),
    path("employers/<int:employer_id>/", employers.employer, name="employer"),
    path("search/", search.search, name="search"),
    path("audit/", audit.audit, name="audit"),
]
IMPORTS: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="new_import"),
    path("imports/layout/<slug:kind>/", imports.layout, name="import_layout"),
    path("imports/<int:import_id>/", imports.import_, name="import"),
    path("imports/<int:import_id>/confirm/", imports.confirm, name="confirm_import"),
    path("imports/<int:import_id>/cancel/", imports.cancel, name="cancel_import"),
    path("imports/<int:import_id>/report/", imports.report, name="import_report"),
]
urlpatterns = [*DESK, *IMPORTS]
