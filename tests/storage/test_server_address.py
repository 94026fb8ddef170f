from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.errors import BadData, StorageProblem
from desktop_app.storage.server_address import (
    SERVER_FILE,
    ServerAddress,
    read_address,
    read_carried,
    seat_folder,
    settle_seat,
    write_address,
    write_to_carry,
)

WHOLE = "postgresql+psycopg://office:p%40ss@10.1.2.3:5433/liuyan?sslmode=verify-full&sslrootcert=/etc/ca.pem"
SOCKET = "postgresql+psycopg://office@/liuyan?host=/run/office"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "default_data_folder", lambda: tmp_path / "platform")


def test_an_address_is_read_whole() -> None:
    address = ServerAddress.of(WHOLE)
    assert address.to_driver() == {
        "host": "10.1.2.3",
        "port": "5433",
        "dbname": "liuyan",
        "user": "office",
        "password": "p@ss",
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
    }
    assert not address.is_local


def test_a_socket_is_named_by_its_folder() -> None:
    address = ServerAddress.of(SOCKET)
    assert address.to_driver() == {"host": "/run/office", "dbname": "liuyan", "user": "office"}
    assert address.is_local
    assert address.shown == "本机上的数据库 liuyan"


@pytest.mark.parametrize("url", [WHOLE, SOCKET, "postgresql+psycopg://a@[::1]:1/b%2Bc?connect_timeout=3"])
def test_what_is_shown_leads_to_the_same_place_without_the_password(url: str) -> None:
    address = ServerAddress.of(url)
    assert "p%40ss" not in address.url and "p@ss" not in repr(address)
    assert ServerAddress.of(address.url) == address.with_account(address.user, "")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://a@b/c", "应以 postgresql"),
        ("postgresql+psycopg://a@b", "没有写明数据库名"),
        ("postgresql+psycopg://a@b:x/c", "端口应是数字"),
        ("postgresql+psycopg://a@b/c?options=-csearch_path%3Dx", "不能写 options"),
    ],
)
def test_what_is_no_address_is_told_with_an_example(url: str, words: str) -> None:
    with pytest.raises(BadData, match=words) as told:
        ServerAddress.of(url)
    assert told.value.code == "bad_address"
    assert "postgresql+psycopg://账号:密码@服务器:5432/数据库" in told.value.message


def test_a_seat_remembers_its_server(tmp_path: Path) -> None:
    address = ServerAddress.of(WHOLE)
    write_address(tmp_path / "seat", address)
    assert read_address(tmp_path / "seat") == address
    assert stat.S_IMODE((tmp_path / "seat" / SERVER_FILE).stat().st_mode) == 0o600


def test_a_folder_without_an_address_points_nowhere(tmp_path: Path) -> None:
    assert read_address(tmp_path) is None
    assert read_address(tmp_path / "none") is None


def test_a_torn_address_is_damage(tmp_path: Path) -> None:
    (tmp_path / SERVER_FILE).write_text("{", "utf-8")
    with pytest.raises(StorageProblem, match="服务器地址读不出来") as told:
        read_address(tmp_path)
    assert told.value.code == "damaged"


def test_one_database_is_one_seat_whoever_asks() -> None:
    address = ServerAddress.of(WHOLE)
    assert seat_folder(address) == seat_folder(address.with_account("another", "x"))
    assert seat_folder(address) != seat_folder(ServerAddress.of(SOCKET))


def test_a_seat_keeps_the_password_it_was_once_given() -> None:
    folder = settle_seat(WHOLE)
    assert settle_seat(WHOLE.replace(":p%40ss", "")) == folder
    found = read_address(folder)
    assert found is not None and found.password == "p@ss"
    settle_seat(WHOLE.replace("p%40ss", "new"))
    found = read_address(folder)
    assert found is not None and found.password == "new"


def test_an_address_is_carried_with_its_certificate(tmp_path: Path) -> None:
    (tmp_path / "first" / "root.crt").parent.mkdir()
    (tmp_path / "first" / "root.crt").write_bytes(b"a certificate")
    named = str(tmp_path / "first" / "root.crt")
    address = ServerAddress.of(f"postgresql+psycopg://a:b@10.1.2.3/office?sslrootcert={named}")
    stick = tmp_path / "stick"
    stick.mkdir()
    written = write_to_carry(stick / "server.json", address)
    assert written == (stick / "server.json", stick / "root.crt")
    assert read_carried(stick / "server.json", tmp_path / "seat") == address  # the same PC: it is still there
    (tmp_path / "first" / "root.crt").unlink()
    found = read_carried(stick / "server.json", tmp_path / "seat")
    assert found.parameters["sslrootcert"] == str(tmp_path / "seat" / "root.crt")
    assert (tmp_path / "seat" / "root.crt").read_bytes() == b"a certificate"
    assert found.with_account("a", "b").url_with_password.startswith("postgresql+psycopg://a:b@10.1.2.3/")


def test_a_certificate_of_another_system_is_known_by_its_name(tmp_path: Path) -> None:
    address = ServerAddress.of("postgresql+psycopg://a:b@10.1.2.3/office?sslrootcert=C:%5Ccerts%5Croot.crt")
    assert write_to_carry(tmp_path / "server.json", address) == (tmp_path / "server.json",)
    (tmp_path / "root.crt").write_bytes(b"a certificate")
    found = read_carried(tmp_path / "server.json", tmp_path / "seat")
    assert found.parameters["sslrootcert"] == str(tmp_path / "seat" / "root.crt")


def test_an_address_without_a_certificate_is_one_file(tmp_path: Path) -> None:
    address = ServerAddress.of("postgresql+psycopg://a:b@10.1.2.3/office?sslmode=disable")
    assert write_to_carry(tmp_path / "server.json", address) == (tmp_path / "server.json",)
    assert read_carried(tmp_path / "server.json", tmp_path / "seat") == address
    assert not (tmp_path / "seat").exists()
