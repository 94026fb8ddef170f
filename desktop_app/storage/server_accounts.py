"""Accounts of an office's database on a server: one of its own for each user, in the groups of the user's roles.

Where the account that founds the office may make others, everything comes to belong to an owner who can't log in. Each
role is a group with its grants (`server_grants`), each user a login in the groups of his roles; a login is made and
changed by functions of the owner alone, which ask who is calling, so that no user of the office needs a right over
accounts. Whoever has no more than the address comes as the door, which sees the shelf of the key ring and no table of
the office. Where the founding account may not, all go by that one account.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from desktop_app.domain.users import Role
from desktop_app.storage.keyring import Login
from desktop_app.storage.server_grants import EVERYBODY, FREE_SETTINGS, GRANTS, KEPT_SETTINGS
from desktop_app.storage.server_line import SCHEMA
from desktop_app.storage.shelves import DOOR_SCHEMA

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.engine import Connection

_MAY_FOUND = (
    "SELECT (rolsuper OR rolcreaterole) AND (rolsuper OR pg_has_role(current_user, datdba, 'MEMBER')) "
    "FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
)
_IS_KEPT = f"SELECT to_regprocedure('{SCHEMA}.make_login(text, text, text[])') IS NOT NULL"
_DATABASE = "SELECT current_database()"


class ServerLogins:
    """Through the owner's functions, which refuse (42501) what the caller's roles do not allow."""

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._driver = driver

    @property
    def kept(self) -> bool:
        row = self._driver.execute(_IS_KEPT).fetchone()
        return row is not None and bool(row[0])

    def make(self, roles: Collection[Role]) -> Login:
        login = Login(f"{_prefix_in(self._driver)}_u_{secrets.token_hex(8)}", secrets.token_hex(32))
        self._call("make_login(%s, %s, %s)", login.account, self._proof(login), _names(roles))
        return login

    def renew(self, account: str) -> Login:
        login = Login(account, secrets.token_hex(32))
        self._call("renew_login(%s, %s)", account, self._proof(login))
        return login

    def regroup(self, account: str, roles: Collection[Role]) -> None:
        self._call("regroup_login(%s, %s)", account, _names(roles))

    def drop(self, account: str) -> None:
        self._call("drop_login(%s)", account)

    def _call(self, function: str, *given: object) -> None:
        self._driver.execute(f"SELECT {SCHEMA}.{function}", given)

    def _proof(self, login: Login) -> str:
        """By which the server knows the password; the password itself never reaches it, nor its log."""
        return _proof(self._driver, login)


# ------------------------------------------------------------------ founding


def found(connection: Connection) -> Login | None:
    """Makes owner, groups and door, and gives everything to the owner, in the caller's transaction; the door's login.

    None, and nothing done, where the account may not make others. Only for an office that nobody works in.
    """
    driver: Any = connection.connection.driver_connection
    row = driver.execute(_MAY_FOUND).fetchone()
    if row is None or not row[0]:
        return None
    prefix = _prefix_in(driver)
    door = Login(f"{prefix}_door", secrets.token_hex(32))
    for statement in _owner(prefix):
        driver.execute(statement)
    driver.execute(f"SET LOCAL ROLE {prefix}_owner")
    for statement in _roles(prefix, _proof(driver, door)):
        driver.execute(statement)
    driver.execute("RESET ROLE")
    driver.execute(_LET_IN.format(groups=f"{prefix}_user, {prefix}_door"))
    settle(connection)
    for statement in _functions(prefix):
        driver.execute(statement)
    return door


def settle(connection: Connection) -> None:
    """Everything belongs to the owner, and every group has its grants and no others; after a change of the tables too.

    Nothing where the office has no accounts.
    """
    driver: Any = connection.connection.driver_connection
    prefix = _prefix_in(driver)
    if driver.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (f"{prefix}_owner",)).fetchone() is None:
        return
    driver.execute(_GIVE_TO_OWNER.format(owner=f"{prefix}_owner"))
    there = {name for (name,) in driver.execute(_TABLES).fetchall()}
    groups: dict[Role | None, str] = {None: f"{prefix}_user"}
    groups |= {role: group_of(prefix, role) for role in Role}
    everybody = groups[None]
    driver.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM {', '.join(groups.values())}, PUBLIC")
    driver.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {everybody}")
    driver.execute(f"GRANT USAGE ON SCHEMA {DOOR_SCHEMA} TO {everybody}, {prefix}_door")
    driver.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {everybody}")
    driver.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {DOOR_SCHEMA}.office_files TO {everybody}, {prefix}_door"
    )
    for role, group in groups.items():
        granted = EVERYBODY if role is None else GRANTS[role]
        for table, privileges in granted.items():
            if table in there:
                driver.execute(f"GRANT {privileges} ON {SCHEMA}.{table} TO {group}")


def group_of(prefix: str, role: Role) -> str:
    """The group of a role."""
    return f"{prefix}_{role.value}"


def prefix_of(database: str) -> str:
    """What begins the name of every account of that database's office; a server has them all in one place."""
    return "liuyan_" + hashlib.sha256(database.encode()).hexdigest()[:8]


def _prefix_in(driver: Any) -> str:
    return prefix_of(driver.execute(_DATABASE).fetchone()[0])


def _names(roles: Collection[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _proof(driver: Any, login: Login) -> str:
    proof = driver.pgconn.encrypt_password(login.password.encode(), login.account.encode(), b"scram-sha-256")
    return str(proof.decode())


_TABLES = f"SELECT tablename FROM pg_tables WHERE schemaname = '{SCHEMA}'"

_LET_IN = "DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO {groups}', current_database()); END $$"

_GIVE_TO_OWNER = f"""
DO $$ DECLARE one record; BEGIN
    GRANT CREATE, USAGE ON SCHEMA {SCHEMA}, {DOOR_SCHEMA} TO {{owner}};
    FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
        LEFT JOIN pg_depend d ON d.objid = c.oid AND d.deptype = 'a' AND c.relkind = 'S'
        WHERE c.relnamespace IN ('{SCHEMA}'::regnamespace, '{DOOR_SCHEMA}'::regnamespace)
        AND c.relkind IN ('r', 'S') AND d.objid IS NULL AND c.relowner <> '{{owner}}'::regrole
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO {{owner}}', CASE one.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, one.name);
    END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = '{SCHEMA}'::regnamespace AND proowner <> '{{owner}}'::regrole
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO {{owner}}', one.name);
    END LOOP;
    EXECUTE 'ALTER SCHEMA {SCHEMA} OWNER TO {{owner}}';
    EXECUTE 'ALTER SCHEMA {DOOR_SCHEMA} OWNER TO {{owner}}';
END $$
"""


def _owner(prefix: str) -> list[str]:
    """Also where an office of the same name has left its accounts behind: logins of before are good for nothing."""
    return [
        f"""
DO $$ DECLARE one record; BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{prefix}_owner') THEN
        CREATE ROLE {prefix}_owner NOLOGIN CREATEROLE;
    END IF;
    GRANT {prefix}_owner TO CURRENT_USER;
    FOR one IN SELECT rolname FROM pg_roles WHERE rolname ~ '^{prefix}_u_' LOOP
        EXECUTE format('DROP ROLE %I', one.rolname);
    END LOOP;
    EXECUTE format('GRANT ALL ON DATABASE %I TO {prefix}_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END $$"""
    ]


def _roles(prefix: str, door_proof: str) -> list[str]:
    made = [f"{prefix}_user", *(group_of(prefix, role) for role in Role)]
    named = ", ".join(f"'{name}'" for name in (*made, f"{prefix}_door"))
    return [
        f"""
DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY[{named}] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = one) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', one);
        END IF;
    END LOOP;
    EXECUTE format('ALTER ROLE {prefix}_door LOGIN PASSWORD %L', '{door_proof}');
END $$"""
    ]


def _functions(prefix: str) -> list[str]:
    """The owner's, in which alone logins are made and changed. `session_user` is who has logged in."""
    head = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS"
    roles = ", ".join(f"'{role.value}'" for role in Role)
    free = ", ".join(f"'{key}'" for key in FREE_SETTINGS)
    kept = ", ".join(f"'{key}'" for key in KEPT_SETTINGS)
    owner = f"{prefix}_owner"
    refuse = "RAISE EXCEPTION 'not allowed to this account' USING ERRCODE = '42501'"
    made = [
        f"""
CREATE FUNCTION {SCHEMA}.holds_post(post text) RETURNS boolean {head} $$ BEGIN
    RETURN pg_has_role(session_user, '{owner}', 'MEMBER')
        OR (post IN ('{Role.ADMINISTRATOR.value}', '{Role.SECURITY.value}')
            AND pg_has_role(session_user, '{prefix}_' || post, 'MEMBER'));
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.check_login(login text) RETURNS void {head} $$ BEGIN
    IF login !~ '^{prefix}_u_[0-9a-f]{{16}}$' THEN {refuse}; END IF;
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.regroup_login(login text, roles text[]) RETURNS void {head} $$ DECLARE one text; BEGIN
    PERFORM {SCHEMA}.check_login(login);
    IF NOT {SCHEMA}.holds_post('{Role.SECURITY.value}') OR NOT roles <@ ARRAY[{roles}] THEN {refuse}; END IF;
    FOREACH one IN ARRAY ARRAY[{roles}] LOOP
        IF one = ANY (roles) THEN
            EXECUTE format('GRANT %I TO %I', '{prefix}_' || one, login);
        ELSIF pg_has_role(login, '{prefix}_' || one, 'MEMBER') THEN
            EXECUTE format('REVOKE %I FROM %I', '{prefix}_' || one, login);
        END IF;
    END LOOP;
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.make_login(login text, proof text, roles text[]) RETURNS void {head} $$ BEGIN
    PERFORM {SCHEMA}.check_login(login);
    IF NOT ({SCHEMA}.holds_post('{Role.ADMINISTRATOR.value}') OR {SCHEMA}.holds_post('{Role.SECURITY.value}'))
        OR proof !~ '^SCRAM-SHA-256[$]' THEN {refuse}; END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE {prefix}_user', login, proof);
    IF cardinality(roles) > 0 THEN PERFORM {SCHEMA}.regroup_login(login, roles); END IF;
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.renew_login(login text, proof text) RETURNS void {head} $$ BEGIN
    PERFORM {SCHEMA}.check_login(login);
    IF NOT ({SCHEMA}.holds_post('{Role.SECURITY.value}') OR session_user = login)
        OR proof !~ '^SCRAM-SHA-256[$]' THEN {refuse}; END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', login, proof);
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.drop_login(login text) RETURNS void {head} $$ BEGIN
    PERFORM {SCHEMA}.check_login(login);
    IF NOT ({SCHEMA}.holds_post('{Role.ADMINISTRATOR.value}') OR {SCHEMA}.holds_post('{Role.SECURITY.value}'))
        THEN {refuse}; END IF;
    EXECUTE format('DROP ROLE IF EXISTS %I', login);
END $$""",
        f"""
CREATE FUNCTION {SCHEMA}.guard_setting() RETURNS trigger {head} $$ DECLARE changed text; BEGIN
    changed := CASE TG_OP WHEN 'DELETE' THEN OLD.key ELSE NEW.key END;
    IF (TG_OP = 'UPDATE' AND OLD.key <> NEW.key) OR (TG_OP <> 'INSERT' AND changed IN ({kept}))
        OR (changed NOT IN ({free}) AND NOT {SCHEMA}.holds_post('{Role.ADMINISTRATOR.value}')
            AND NOT {SCHEMA}.holds_post('{Role.SECURITY.value}'))
        THEN {refuse}; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$""",
        f"CREATE TRIGGER settings_guarded BEFORE INSERT OR UPDATE OR DELETE ON {SCHEMA}.settings "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.guard_setting()",
    ]
    signatures = (
        "holds_post(text)",
        "check_login(text)",
        "regroup_login(text, text[])",
        "make_login(text, text, text[])",
        "renew_login(text, text)",
        "drop_login(text)",
        "guard_setting()",
    )
    for one in signatures:
        made.append(f"REVOKE ALL ON FUNCTION {SCHEMA}.{one} FROM PUBLIC")
        made.append(f"GRANT EXECUTE ON FUNCTION {SCHEMA}.{one} TO {prefix}_user")
        made.append(f"ALTER FUNCTION {SCHEMA}.{one} OWNER TO {owner}")
    return made
