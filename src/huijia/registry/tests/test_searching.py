"""One box finds by number, phone, code and name, within reach, and keeps numbers out of addresses."""

import pytest
from django.urls import reverse

from huijia.core.kernel import clock
from huijia.core.orgs.public import (
    EmployerFacts,
    UnionFacts,
    UnionKind,
    UnionRow,
    coverage,
    employers,
    unions,
)
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import member_lists, search
from huijia.registry.queries.search import Kind
from huijia.registry.tests.factories import (
    actor_on,
    admit,
    in_english,
    make_city,
    next_number,
    number,
    signed_in,
)

TODAY = clock.today()


@pytest.mark.parametrize(
    ("text", "kind", "is_personal"),
    [
        (number(), Kind.NUMBER, True),
        (" " + number()[:6] + " " + number()[6:], Kind.NUMBER, True),
        ("13812345678", Kind.PHONE, True),
        ("138-1234-5678", Kind.PHONE, True),
        ("＋86 13812345678", Kind.PHONE, True),
        ("330203199001010009", Kind.CODE, True),
        ("91330203MA2ABCDE1X", Kind.CODE, True),
        ("E12345678", Kind.CODE, True),
        ("330226105-0003", Kind.CODE, True),
        ("A1", Kind.CODE, False),
        ("小明", Kind.NAME, False),
        ("王", Kind.NAME, False),
        ("买买提·艾力", Kind.NAME, False),
        ("小明13812345678", Kind.NAME, True),
        ("   ", Kind.NOTHING, False),
    ],
)
def test_what_a_text_seems_to_be(text, kind, is_personal):
    asked = search.read(text, today=TODAY)

    assert (asked.kind, asked.is_personal) == (kind, is_personal)


@pytest.fixture
def city(db):
    return make_city()


def ask(client, text):
    return client.post(reverse("registry:search"), {"q": text})


def look(client, text):
    return client.get(reverse("registry:search"), {"q": text})


def member_page(held):
    return reverse("registry:member", args=[held.person_id])


def test_a_number_leads_to_the_member_and_stands_in_no_address(city, client):
    own = next_number()
    held = admit(city.enterprise, actor_on(city.city), number=own)
    signed_in(client, city.county)

    answer = ask(client, own)

    assert answer.status_code == 303
    assert answer["Location"] == member_page(held)
    assert own not in answer["Location"]


def test_a_number_in_an_address_is_not_looked_for(city, client):
    own = next_number()
    admit(city.enterprise, actor_on(city.city), number=own)
    signed_in(client, city.county)

    answer = look(client, own)

    assert answer.status_code == 302
    assert answer["Location"] == reverse("registry:search")


@pytest.mark.parametrize(("route", "key"), [("members", "name"), ("new_member", "q")])
@pytest.mark.parametrize(
    "spelling", ["{}", " {} ", "王 {}", "３３０２０３１９９００１０１０００９", "138 1234 5678"]
)
def test_a_number_in_a_filter_leaves_the_address_and_is_not_shown(
    city, client, route, key, spelling
):
    own = next_number()
    signed_in(in_english(client), city.county)

    answer = client.get(
        reverse(f"registry:{route}"), {key: [spelling.format(own), "x"], "sex": "2"}
    )
    page = client.get(answer["Location"])

    assert answer.status_code == 302
    assert answer["Location"] == reverse(f"registry:{route}") + "?sex=2"
    assert own not in page.content.decode()
    assert "in the search box at the top" in page.content.decode()


def test_a_number_in_a_filter_that_htmx_sends_leads_to_the_whole_page(city, client):
    signed_in(client, city.county)

    answer = client.get(
        reverse("registry:members"), {"name": next_number()}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == reverse("registry:members")


def test_a_number_elsewhere_is_not_found_and_told_like_one_that_nobody_has(city, client):
    own = next_number()
    admit(city.other_enterprise, actor_on(city.city), number=own)
    signed_in(client, city.county)

    elsewhere, nobody = ask(client, own), ask(client, next_number())

    assert elsewhere.status_code == nobody.status_code == 200
    assert "hj-empty" in elsewhere.content.decode()
    assert len(elsewhere.content) == len(nobody.content)


def test_a_phone_that_two_share_shows_both(city, client):
    by = actor_on(city.city)
    admit(city.enterprise, by, name="王小明", phone="13812345678")
    admit(city.area, by, name="王大明", phone="13812345678")
    admit(city.other_enterprise, by, name="王远方", phone="13812345678")
    signed_in(client, city.county)

    answer = ask(client, "138 1234 5678")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "王小明" in text
    assert "王大明" in text
    assert "王远方" not in text


def test_a_number_of_another_paper_leads_to_the_member(city, client):
    held = admit(
        city.enterprise,
        actor_on(city.city),
        paper="passport",
        number="E12345678",
        birth_date=None,
    )
    signed_in(client, city.county)

    assert ask(client, "e12345678")["Location"] == member_page(held)


def test_a_union_code_leads_to_the_union(city, client):
    signed_in(client, city.county)

    found = look(client, city.enterprise.code)
    hidden = look(client, city.other_enterprise.code)

    assert found["Location"] == reverse("registry:union", args=[city.enterprise.pk])
    assert "hj-empty" in hidden.content.decode()


@pytest.mark.parametrize("text", ["王小", "小明", "王小明", "王"])
def test_a_member_is_found_by_parts_of_the_name(city, client, text):
    by = actor_on(city.city)
    held = admit(city.enterprise, by, name="王小明")
    far = admit(city.other_enterprise, by, name="王小明")
    signed_in(client, city.county)

    answer = look(client, text).content.decode()

    assert member_page(held) in answer
    assert member_page(far) not in answer


@pytest.fixture
def crowded(city):
    """Unions, employers and members of one name, more of each than the search shows."""
    by, at = actor_on(city.city), clock.now()
    unions.create_many(
        [
            UnionRow(
                facts=UnionFacts(name=f"宁海{each}厂工会", code=f"C{each}", kind=UnionKind.SINGLE),
                parent_code=city.town.code,
            )
            for each in range(search.LIMIT + 2)
        ],
        at=at,
    )
    for each in range(search.LIMIT + 2):
        facts = EmployerFacts(name=f"宁海{each}厂")
        coverage.begin(
            union=city.area,
            employer=employers.enter(facts=facts, by=by, at=at),
            since=TODAY,
            by=by,
            at=at,
        )
        admit(city.enterprise, by, name="宁海")
    admit(city.other_enterprise, by, name="宁海")
    return city


@pytest.mark.parametrize("few", [search.LIMIT, 3_000])
@pytest.mark.parametrize("place", ["city", "county", "enterprise"])
def test_a_text_that_very_many_names_hold_shows_the_first_of_each(
    crowded, client, monkeypatch, few, place
):
    monkeypatch.setattr(member_lists, "FEW", few)
    signed_in(in_english(client), getattr(crowded, place))

    answer = look(client, "宁海")
    text = answer.content.decode()
    shown = search.run(actor_on(getattr(crowded, place)), search.read("宁海", today=TODAY))
    whole = client.get(reverse("registry:members"), {"name": "宁海", "sex": "1"})

    assert answer.status_code == whole.status_code == 200
    assert len(shown.members) == search.LIMIT
    assert "All members of this name" in text
    assert whole.content.decode().count("宁海</a>") == search.LIMIT + (3 if place == "city" else 2)
    if place != "enterprise":
        assert len(shown.unions) == len(shown.employers) == search.LIMIT


@pytest.mark.parametrize("text", ["远航", "纺织有限", "石碶街道"])
def test_a_union_is_found_by_parts_of_its_name(city, client, text):
    signed_in(client, city.county)

    assert "hj-empty" not in look(client, text).content.decode()
    assert "hj-empty" in look(client, "海天机电").content.decode()


def test_an_employer_is_found_where_a_union_within_reach_covers_it(city, client):
    by = actor_on(city.city)
    at = clock.now()
    employer = employers.enter(facts=EmployerFacts(name="晨星电子厂"), by=by, at=at)
    coverage.begin(union=city.area, employer=employer, since=TODAY, by=by, at=at)
    address = reverse("registry:employer", args=[employer.pk])

    signed_in(client, city.county)
    assert address in look(client, "晨星").content.decode()
    assert client.get(address).status_code == 200

    signed_in(client, city.other_county)
    assert address not in look(client, "晨星").content.decode()
    assert client.get(address).status_code == 404


def test_who_may_not_see_members_finds_none(city, client):
    own = next_number()
    admit(city.enterprise, actor_on(city.city), name="王小明", number=own)
    signed_in(client, city.county, permits=[RegistryPermit.UNION_VIEW])

    assert "hj-empty" in look(client, "小明").content.decode()
    assert "hj-empty" in ask(client, own).content.decode()


def test_a_name_sent_by_post_gets_an_address_that_can_be_kept(city, client):
    signed_in(client, city.county)

    answer = ask(client, "小明")

    assert answer.status_code == 303
    assert answer["Location"].endswith("?q=%E5%B0%8F%E6%98%8E")


def test_a_mistyped_number_is_told_to_be_one(city, client):
    signed_in(client, city.county)

    answer = ask(in_english(client), "330203199001010009")

    assert "does not fit the other 17" in answer.content.decode()


def test_nothing_asked_is_no_fault(city, client):
    signed_in(client, city.county)

    assert look(client, "").status_code == 200
    assert ask(client, "").status_code == 303
