"""Which house a report comes from: hosts that are one outlet, wires, and houses that write about themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.coverage.outlets import HOSTS_OF_PUBLISHERS, WIRES, house, is_subject, is_wire


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("example.com", "example.com"),
        ("www.example.com", "example.com"),
        ("m.example.com", "example.com"),
        ("amp.example.com", "example.com"),
        ("news.blogs.example.com", "example.com"),
        ("WWW.Example.COM.", "example.com"),
        ("example.com:8080", "example.com"),
        ("www.example.co.uk", "example.co.uk"),
        ("news.example.com.au", "example.com.au"),
        ("www.gov.uk", "gov.uk"),
        ("co.uk", "co.uk"),
        (".co.uk", "co.uk"),
        ("ann.substack.com", "ann.substack.com"),
        ("www.ann.substack.com", "ann.substack.com"),
        ("www.substack.com", "substack.com"),
        ("ann.github.io", "ann.github.io"),
        ("ann.blogspot.com", "ann.blogspot.com"),
        ("www.ann.blogspot.co.uk", "ann.blogspot.co.uk"),
        ("blogspot.com", "blogspot.com"),
        ("localhost", "localhost"),
        ("192.168.0.1:80", "192.168.0.1"),
        ("[::1]:80", "[::1]:80"),
    ],
)
def test_every_host_of_an_outlet_is_one_house(domain: str, name: str) -> None:
    assert house("Any Name", domain) == name


@pytest.mark.parametrize("domain", ["", " ", "..."])
def test_an_outlet_without_a_domain_goes_by_its_name(domain: str) -> None:
    assert house("The  Straße ", domain) == house("THE STRASSE", domain) == "the strasse"


@given(st.text(), st.text())
def test_any_name_and_domain_make_a_house_that_stays_the_same(name: str, domain: str) -> None:
    assert house(name, domain) == house(name, domain)
    if domain.strip().strip("."):
        assert house(name, domain) == house("", domain)


def test_the_wires_and_the_hosts_are_houses_themselves() -> None:
    assert {house("", domain) for domain in WIRES} == WIRES
    assert {house("", domain) for domain in HOSTS_OF_PUBLISHERS} == HOSTS_OF_PUBLISHERS


@pytest.mark.parametrize(
    "domain", ["www.prnewswire.com", "apnews.com", "uk.reuters.com", "www.prnewswire.co.uk", "afp.com"]
)
def test_agencies_and_services_for_press_releases_are_wires(domain: str) -> None:
    assert is_wire(house("", domain))


@pytest.mark.parametrize("domain", ["theverge.com", "reuters.com.example.org", "ap.example.com", ""])
def test_others_are_no_wires(domain: str) -> None:
    assert not is_wire(house("Reuters fans", domain))


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("microsoft.com", "Microsoft to invest $1bn"),
        ("microsoft.com", "Why Microsoft’s cloud grows"),
        ("nestle.com", "Nestlé sells water"),
        ("goldmansachs.com", "Goldman Sachs: an outlook"),
        ("coca-cola.com", "New at Coca-Cola"),
        ("acme.com", "The Bolt/Acme deal"),
        ("example motors", "Example Motors builds a car"),
    ],
)
def test_a_house_in_its_own_headline_is_the_subject(name: str, headline: str) -> None:
    assert is_subject(name, headline)


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("apple.com", "Pineapple prices rise"),
        ("apple.com", "App led by Bolt"),
        ("theverge.com", "Microsoft to invest $1bn"),
        ("now.com", "What happens now"),
        ("acme.com", ""),
        ("", "Anything at all"),
    ],
)
def test_a_house_that_the_headline_does_not_name_is_not_the_subject(name: str, headline: str) -> None:
    assert not is_subject(name, headline)
