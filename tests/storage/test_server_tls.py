"""Over a network: the server proves its name first, and nothing is sent to one that can't."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from desktop_app.errors import BadData, StorageProblem
from desktop_app.storage.server_address import ServerAddress
from desktop_app.storage.server_line import connect, line_faults_told
from tests.engines import NoServer
from tests.postgres_server import PostgresServer
from tests.server_certificate import make_certificates

pytestmark = pytest.mark.server_only("a file is on no network")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        with PostgresServer.start(network=True) as started:
            started.make_database("office")
            yield started
    except NoServer as lacking:
        pytest.skip(str(lacking))


@pytest.fixture
def address(server: PostgresServer) -> ServerAddress:
    return ServerAddress.of(server.url("office", over_network=True))


def _with(address: ServerAddress, drop: tuple[str, ...] = (), **parameters: str) -> ServerAddress:
    kept = {name: value for name, value in address.parameters.items() if name not in drop}
    return replace(address, parameters=MappingProxyType({**kept, **parameters}))


def _refused(address: ServerAddress) -> None:
    with pytest.raises(StorageProblem, match="TLS") as told, line_faults_told():
        connect(address)
    assert told.value.code == "server_refused"
    assert "sslrootcert" in (told.value.remedy or "")


def test_the_right_authority_and_name_are_let_in(address: ServerAddress) -> None:
    with connect(address) as line:
        row = line.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    assert row is not None and row[0] is True and row[1] in ("TLSv1.2", "TLSv1.3")


def test_another_authority_is_not(address: ServerAddress, tmp_path: Path) -> None:
    other = tmp_path / "root.crt"
    other.write_bytes(make_certificates().authority)
    _refused(_with(address, sslrootcert=str(other)))


def test_a_certificate_that_is_not_there_is_told(address: ServerAddress, tmp_path: Path) -> None:
    _refused(_with(address, sslrootcert=str(tmp_path / "none.crt")))


def test_another_name_is_not(address: ServerAddress) -> None:
    _refused(_with(address, host="liuyan.example", hostaddr="127.0.0.1"))


def test_whoever_says_nothing_of_tls_gets_it_proved(address: ServerAddress) -> None:
    plain = _with(address, ("sslmode", "sslrootcert"), host="10.1.2.3")
    assert not plain.is_local
    driven = plain.to_driver()
    assert (driven["sslmode"], driven["sslrootcert"]) == ("verify-full", "system")
    # The same asked of a server that only the system's own authorities could prove: they can't.
    with pytest.raises(StorageProblem, match="TLS"), line_faults_told():
        connect(_with(plain, ("host",), host="127.0.0.1", sslmode="verify-full", sslrootcert="system"))


def test_a_server_without_tls_gets_nothing(server: PostgresServer) -> None:
    with PostgresServer.start() as plain:
        plain.execute("ALTER SYSTEM SET listen_addresses = '127.0.0.1'")
        plain.execute(f"ALTER SYSTEM SET port = {server.port + 1}")
        plain.stop()
        plain.restart()
        _refused(
            ServerAddress.of(
                f"postgresql+psycopg://liuyan@127.0.0.1:{server.port + 1}/postgres?sslmode=verify-full"
                f"&sslrootcert={server.authority}"
            )
        )


@pytest.mark.parametrize("mode", ["allow", "prefer"])
def test_what_gives_way_quietly_is_no_address(mode: str) -> None:
    with pytest.raises(BadData, match="悄悄不加密"):
        ServerAddress.of(f"postgresql+psycopg://liuyan@10.1.2.3/office?sslmode={mode}")
    assert ServerAddress.of(f"postgresql+psycopg://liuyan@localhost/office?sslmode={mode}").is_local


def test_who_says_so_goes_without(address: ServerAddress) -> None:
    said = ServerAddress.of("postgresql+psycopg://liuyan@10.1.2.3/office?sslmode=disable")
    assert said.to_driver()["sslmode"] == "disable" and "sslrootcert" not in said.to_driver()
