"""Which addresses belong to the open internet, in every way in which they can be written."""

from ipaddress import ip_address

import pytest

from newstui.sources.addresses import is_private_by_name, is_public, literal

PRIVATE_4 = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255",
)  # fmt: skip
PRIVATE_6 = (
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "100::1", "2001::1",
    "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "64:ff9b:1::1", "64:ff9b::7f00:1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
)  # fmt: skip
PUBLIC = (
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.128.0.1", "172.32.0.1",
    "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1",
)  # fmt: skip


@pytest.mark.parametrize("address", [*PRIVATE_4, *PRIVATE_6])
def test_an_address_of_this_machine_its_network_or_nobody_is_private(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.01", "127.0.0.1.",
     "[::ffff:127.0.0.1]", "[::1]", "::1", "localhost", "LOCALHOST", "localhost.", "news.localhost"],
)  # fmt: skip
def test_every_spelling_of_this_machine_is_private_before_it_is_looked_up(host: str) -> None:
    assert is_private_by_name(host)


@pytest.mark.parametrize(
    "host", ["news.example", "1.1.1.1", "[2606:4700::1111]", "localhost.example", "0x7f.example", ""]
)
def test_a_name_says_nothing_about_where_it_leads(host: str) -> None:
    assert not is_private_by_name(host)


@pytest.mark.parametrize("host", ["news.example", "256.1.1.1", "1.2.3.4.5", "", "\0", "١٢٧.0.0.1", "\ud800"])
def test_what_is_no_address_is_none(host: str) -> None:
    assert literal(host) is None
