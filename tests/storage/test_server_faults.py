"""What a server and its driver complain of, by code or by words, as it is told to whoever works."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import as_problem
from desktop_app.storage.server_faults import is_away, outcome_unknown, server_lost, server_silent


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.AdminShutdown, "server_lost"),
        (errors.CrashShutdown, "server_lost"),
        (errors.CannotConnectNow, "server_lost"),
        (errors.IdleInTransactionSessionTimeout, "server_lost"),
        (errors.ConnectionFailure, "server_lost"),
        (errors.LockNotAvailable, "locked"),
        (errors.DeadlockDetected, "locked"),
        (errors.QueryCanceled, "server_busy"),
        (errors.DiskFull, "disk_full"),
        (errors.TooManyConnections, "server_busy"),
        (errors.OutOfMemory, "server_busy"),
        (errors.InvalidPassword, "server_refused"),
        (errors.InsufficientPrivilege, "server_refused"),
        (errors.ReadOnlySqlTransaction, "read_only"),
        (errors.InvalidCatalogName, "no_office"),
        (errors.IoError, "damaged"),
        (errors.DataCorrupted, "damaged"),
    ],
)
def test_a_code_of_the_server_is_told_in_words_with_what_to_do(kind: type[psycopg.Error], code: str) -> None:
    problem = as_problem(kind("said by the server"))
    assert problem is not None and problem.code == code
    assert problem.remedy and "said by the server" not in problem.message


@pytest.mark.parametrize("kind", [errors.UniqueViolation, errors.SyntaxError, errors.InFailedSqlTransaction])
def test_a_bug_is_no_fault_of_the_server(kind: type[psycopg.Error]) -> None:
    assert as_problem(kind("a mistake of ours")) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('FATAL:  password authentication failed for user "liuyan"', "server_refused"),
        ('FATAL:  role "liuyan" does not exist', "server_refused"),
        ('FATAL:  role "liuyan" is not permitted to log in', "server_refused"),
        ('FATAL:  no pg_hba.conf entry for host "10.1.1.1"', "server_refused"),
        ('FATAL:  database "office" does not exist', "no_office"),
        ('FATAL:  数据库 "office" 不存在', "no_office"),
        ("FATAL:  sorry, too many clients already", "server_busy"),
        ('FATAL:  too many connections for role "liuyan"', "server_busy"),
        ("FATAL:  the database system is starting up", "server_lost"),
        ("connection failed: Connection refused", "server_lost"),
        ("SSL error: certificate verify failed", "server_refused"),
        ('could not translate host name "liuyan" to address', "server_lost"),
    ],
)
def test_of_who_does_not_get_in_only_words_are_known(words: str, code: str) -> None:
    problem = as_problem(psycopg.OperationalError(words))
    assert problem is not None and problem.code == code


def test_who_is_away_and_who_is_not() -> None:
    assert is_away(server_lost()) and is_away(server_silent())
    assert not is_away(outcome_unknown())
    assert not is_away(StorageProblem("disk_full", "", ""))
    assert "没有写入" not in outcome_unknown().message
