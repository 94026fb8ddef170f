-- What an office on a server held at schema 0011; all invented. Kept as it was.
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA liuyan;
CREATE FUNCTION liuyan.count_cases() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE status_counts SET count = count - 1
        WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1)
        ON CONFLICT (status, is_open, voided) DO UPDATE SET count = status_counts.count + 1;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION liuyan.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% are never changed or deleted', TG_TABLE_NAME; END $$;
CREATE FUNCTION liuyan.search_terms(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 PARALLEL SAFE
    AS $$ BEGIN RETURN words::tsvector; END $$;
CREATE FUNCTION liuyan.tell_events() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE
    of_cases bigint; of_office bigint; ids text;
BEGIN
    SELECT count(DISTINCT case_id), count(*) - count(case_id),
        CASE WHEN count(DISTINCT case_id) <= 50 THEN string_agg(DISTINCT case_id::text, ' ') END
    INTO of_cases, of_office, ids FROM fresh;
    IF of_cases > 0 THEN PERFORM pg_notify('liuyan_changed', 'events ' || coalesce(ids, '')); END IF;
    IF of_office > 0 THEN PERFORM pg_notify('liuyan_changed', 'office'); END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION liuyan.tell_seats() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_notify('liuyan_changed', TG_TABLE_NAME); RETURN NULL; END $$;
CREATE TABLE liuyan.access_log (
    id bigint NOT NULL,
    case_id bigint,
    action text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    canonical text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.alembic_version (
    version_num text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.attachment_contents (
    file text NOT NULL COLLATE pg_catalog."C",
    content bytea NOT NULL
);
CREATE TABLE liuyan.attachments (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    size integer NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    file text NOT NULL COLLATE pg_catalog."C",
    nonce text NOT NULL COLLATE pg_catalog."C",
    added text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE liuyan.attachments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE liuyan.attachments_id_seq OWNED BY liuyan.attachments.id;
CREATE TABLE liuyan.bulletins (
    id bigint NOT NULL,
    period_from text NOT NULL COLLATE pg_catalog."C",
    period_to text NOT NULL COLLATE pg_catalog."C",
    issued_on text NOT NULL COLLATE pg_catalog."C",
    told_on text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    entered text NOT NULL COLLATE pg_catalog."C",
    figures text NOT NULL COLLATE pg_catalog."C",
    counted text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.case_figures (
    case_id bigint NOT NULL,
    last_event bigint NOT NULL,
    edition text NOT NULL COLLATE pg_catalog."C",
    facts text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.case_messages (
    case_id bigint NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    citizen_name text NOT NULL COLLATE pg_catalog."C",
    citizen_contact text NOT NULL COLLATE pg_catalog."C",
    citizen_work_unit text NOT NULL COLLATE pg_catalog."C",
    citizen_address text NOT NULL COLLATE pg_catalog."C",
    citizen_ip text NOT NULL COLLATE pg_catalog."C",
    board_number text NOT NULL COLLATE pg_catalog."C",
    board text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    written text NOT NULL COLLATE pg_catalog."C",
    raw_title text NOT NULL COLLATE pg_catalog."C",
    raw_text text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    answered_at text NOT NULL COLLATE pg_catalog."C",
    answered_by text NOT NULL COLLATE pg_catalog."C",
    ratings text NOT NULL COLLATE pg_catalog."C",
    extra text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.case_search (
    case_id bigint NOT NULL,
    terms text NOT NULL
)
WITH (toast_tuple_target='128');
ALTER TABLE ONLY liuyan.case_search ALTER COLUMN terms SET STATISTICS 0;
ALTER TABLE ONLY liuyan.case_search ALTER COLUMN terms SET COMPRESSION pglz;
CREATE TABLE liuyan.case_units (
    case_id bigint NOT NULL,
    unit text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.cases (
    id bigint NOT NULL,
    regulation text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    received text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    is_open smallint NOT NULL,
    board_number text NOT NULL COLLATE pg_catalog."C",
    board text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    category text NOT NULL COLLATE pg_catalog."C",
    urgency text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    lead text NOT NULL COLLATE pg_catalog."C",
    supporting text NOT NULL COLLATE pg_catalog."C",
    due text COLLATE pg_catalog."C",
    reminder text COLLATE pg_catalog."C",
    provisional smallint NOT NULL,
    due_from text COLLATE pg_catalog."C",
    awaiting_reply smallint NOT NULL,
    was_overdue smallint NOT NULL,
    dispatched text COLLATE pg_catalog."C",
    taken text COLLATE pg_catalog."C",
    replied text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    private smallint NOT NULL,
    closed text COLLATE pg_catalog."C",
    archived text COLLATE pg_catalog."C",
    voided smallint NOT NULL,
    batch integer
);
CREATE TABLE liuyan.counters (
    series text NOT NULL COLLATE pg_catalog."C",
    year integer NOT NULL,
    last integer NOT NULL
);
CREATE TABLE liuyan.document_cases (
    number_text text NOT NULL COLLATE pg_catalog."C",
    case_id bigint NOT NULL,
    event_id bigint,
    standing smallint NOT NULL,
    issued_on text COLLATE pg_catalog."C",
    addressee text NOT NULL COLLATE pg_catalog."C",
    served_on text COLLATE pg_catalog."C",
    served_manner text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.documents_issued (
    series text NOT NULL COLLATE pg_catalog."C",
    year integer NOT NULL,
    serial integer NOT NULL,
    number_text text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    voided_reason text NOT NULL COLLATE pg_catalog."C",
    replaced_by text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.drafts (
    "user" text NOT NULL COLLATE pg_catalog."C",
    case_id bigint NOT NULL,
    action text NOT NULL COLLATE pg_catalog."C",
    seat text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.events (
    id bigint NOT NULL,
    case_id bigint,
    action text NOT NULL COLLATE pg_catalog."C",
    canonical text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.holiday_notices (
    year integer NOT NULL,
    region text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    entered text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.import_batches (
    id integer NOT NULL,
    file text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    entered text NOT NULL COLLATE pg_catalog."C",
    rows integer NOT NULL,
    imported integer NOT NULL,
    duplicates integer NOT NULL,
    rejected integer NOT NULL,
    undone text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE liuyan.import_batches_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE liuyan.import_batches_id_seq OWNED BY liuyan.import_batches.id;
CREATE TABLE liuyan.incoming_keys (
    case_id bigint NOT NULL,
    content_digest text NOT NULL COLLATE pg_catalog."C",
    board_number text NOT NULL COLLATE pg_catalog."C",
    likeness text NOT NULL COLLATE pg_catalog."C",
    title_likeness text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.journal_head (
    place integer NOT NULL,
    event_id bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.last_changes (
    line text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    day text NOT NULL COLLATE pg_catalog."C"
)
WITH (fillfactor='20');
CREATE TABLE liuyan.learned (
    name text NOT NULL COLLATE pg_catalog."C",
    made text NOT NULL COLLATE pg_catalog."C",
    cases integer NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE liuyan.likeness_keys (
    key bigint NOT NULL,
    case_id bigint NOT NULL
);
CREATE TABLE liuyan.office_forms (
    name text NOT NULL COLLATE pg_catalog."C",
    content bytea NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    changed text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.open_items (
    case_id bigint NOT NULL,
    last_event bigint NOT NULL,
    edition text NOT NULL COLLATE pg_catalog."C",
    units text NOT NULL COLLATE pg_catalog."C",
    items text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.paper_templates (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    content bytea NOT NULL
);
CREATE TABLE liuyan.paper_values (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    template_sha256 text NOT NULL COLLATE pg_catalog."C",
    filled text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.papers (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    form text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL COLLATE pg_catalog."C",
    made text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    template_sha256 text NOT NULL COLLATE pg_catalog."C",
    event_id bigint,
    file_name text NOT NULL COLLATE pg_catalog."C",
    joint smallint NOT NULL
);
CREATE SEQUENCE liuyan.papers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE liuyan.papers_id_seq OWNED BY liuyan.papers.id;
CREATE UNLOGGED TABLE liuyan.presence (
    seat text NOT NULL COLLATE pg_catalog."C",
    "user" text NOT NULL COLLATE pg_catalog."C",
    case_id bigint NOT NULL,
    doing text NOT NULL COLLATE pg_catalog."C",
    since timestamp with time zone NOT NULL,
    beat timestamp with time zone NOT NULL
);
CREATE TABLE liuyan.protected_words (
    event_id bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    words text COLLATE pg_catalog."C",
    salt text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.seals (
    id bigint NOT NULL,
    canonical text NOT NULL COLLATE pg_catalog."C",
    mac text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.search_texts (
    case_id bigint NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    names text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.settings (
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE liuyan.status_counts (
    status text NOT NULL COLLATE pg_catalog."C",
    is_open smallint NOT NULL,
    voided smallint NOT NULL,
    count integer NOT NULL
);
CREATE TABLE liuyan.units (
    name text NOT NULL COLLATE pg_catalog."C",
    short_names text NOT NULL COLLATE pg_catalog."C",
    superior text NOT NULL COLLATE pg_catalog."C",
    head text NOT NULL COLLATE pg_catalog."C",
    deputy text NOT NULL COLLATE pg_catalog."C",
    section text NOT NULL COLLATE pg_catalog."C",
    handler text NOT NULL COLLATE pg_catalog."C",
    phone text NOT NULL COLLATE pg_catalog."C",
    region text NOT NULL COLLATE pg_catalog."C",
    duties text NOT NULL COLLATE pg_catalog."C",
    place integer NOT NULL
);
CREATE TABLE liuyan.users (
    name text NOT NULL COLLATE pg_catalog."C",
    roles text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    active smallint NOT NULL,
    created text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY liuyan.attachments ALTER COLUMN id SET DEFAULT nextval('liuyan.attachments_id_seq'::regclass);
ALTER TABLE ONLY liuyan.import_batches ALTER COLUMN id SET DEFAULT nextval('liuyan.import_batches_id_seq'::regclass);
ALTER TABLE ONLY liuyan.papers ALTER COLUMN id SET DEFAULT nextval('liuyan.papers_id_seq'::regclass);
INSERT INTO liuyan.access_log (id, case_id, action, by, day, canonical, hash) VALUES (1, NULL, 'login', '王敏', '2026-01-03', '{"action":"login","by":"王敏","case":null,"entered":"2026-01-03T08:00:00+08:00","id":1,"keys":{},"practice":false,"previous":"0000000000000000000000000000000000000000000000000000000000000000","version":1}', 'af1eb686d7f85e27a0908a7df7e81c22891ce30292aad7fc0a4e8ecd5d22f40b');
INSERT INTO liuyan.access_log (id, case_id, action, by, day, canonical, hash) VALUES (2, 2026000000001, 'view', '王敏', '2026-01-03', '{"action":"view","by":"王敏","case":"2026-0001","entered":"2026-01-03T08:00:00+08:00","id":2,"keys":{},"practice":false,"previous":"af1eb686d7f85e27a0908a7df7e81c22891ce30292aad7fc0a4e8ecd5d22f40b","version":1}', '1254a921042d173bf39d4eab4c800f92ede4775f3598d5916ac780b58865aea2');
INSERT INTO liuyan.alembic_version (version_num) VALUES ('0011');
INSERT INTO liuyan.attachment_contents (file, content) VALUES ('b5f9bc38e40b0c44900036c16d2c2b71', '\x00');
INSERT INTO liuyan.attachments (id, case_id, kind, name, size, sha256, file, nonce, added, by) VALUES (1, 2026000000001, 'scan', '扫描件.pdf', 1, '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', 'b5f9bc38e40b0c44900036c16d2c2b71', '8be77c8319af1f129894fe45', '2026-01-02T08:00:00+08:00', '王敏');
INSERT INTO liuyan.bulletins (id, period_from, period_to, issued_on, told_on, number, title, by, entered, figures, counted, digest) VALUES (4, '2026-01-01', '2026-03-31', '2026-04-08', '2026-04-07', '', '第一季度办理情况报告', '王敏', '2026-04-08T08:00:00+08:00', '{}', '{}', '');
INSERT INTO liuyan.case_figures (case_id, last_event, edition, facts) VALUES (2026000000001, 2, '1', '{}');
INSERT INTO liuyan.case_messages (case_id, title, text, citizen_name, citizen_contact, citizen_work_unit, citizen_address, citizen_ip, board_number, board, kind, domain, written, raw_title, raw_text, answer, answered_at, answered_by, ratings, extra) VALUES (2026000000001, '水压不足', '二次供水水压不足。', '李某', '13800000000', '', '', '', '7', '', '', '', '', '', '', '', '', '', '{}', '{}');
INSERT INTO liuyan.case_messages (case_id, title, text, citizen_name, citizen_contact, citizen_work_unit, citizen_address, citizen_ip, board_number, board, kind, domain, written, raw_title, raw_text, answer, answered_at, answered_by, ratings, extra) VALUES (2026000000002, '路灯不亮', '两盏路灯不亮。', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '{}', '{}');
INSERT INTO liuyan.case_search (case_id, terms) VALUES (2026000000001, '¤b2026.0.0 ¤b2026.0 ¤b2026 ¤s0gbi0mx20ffx ¤c0jh10rm1 ¤l0iki0fnz0ire0i80 ¤u0iki0fnz0ire0i80 ¤u0iki0ldg0gbl0i80 ¤d2026 ¤d202601 ¤d20260112 ¤r2026 ¤r202601 ¤r20260102 ¤o ¤w ¤n0kem ¤n0ki8 ¤n0kem0ki8 ¤ilm ¤plimou 0ldg 0gi3 0ff1 0rzn 000v 0fik 0l5t 0fq3 09he 0ldg0gi3 0gi30ff1 0ff10rzn 0rzn000v 000v0fik 0fik0l5t 0l5t0fq3 0fq30ldg 0ldg0ldg 0rzn09he');
INSERT INTO liuyan.case_search (case_id, terms) VALUES (2026000000002, '¤b2026.0.0 ¤b2026.0 ¤b2026 ¤s0iv90g7x0i3l ¤c ¤l ¤d0 ¤r2026 ¤r202601 ¤r20260102 ¤o 0s1b 0m7j 0ff1 0fji 000v 0ffo 0ngv 09he 0s1b0m7j 0m7j0ff1 0ff10fji 0fji000v 000v0ffo 0ffo0ngv 0ngv0s1b 0fji09he');
INSERT INTO liuyan.case_units (case_id, unit) VALUES (2026000000001, '市住建局');
INSERT INTO liuyan.case_units (case_id, unit) VALUES (2026000000001, '市水务局');
INSERT INTO liuyan.cases (id, regulation, status, title, received, source, is_open, board_number, board, domain, category, urgency, topic, lead, supporting, due, reminder, provisional, due_from, awaiting_reply, was_overdue, dispatched, taken, replied, published, private, closed, archived, voided, batch) VALUES (2026000000001, 'tongliao-2023', '办理中', '水压不足', '2026-01-02', '市长板块', 1, '7', '市长', '城建', '投诉', '一般', '供水', '市住建局', '["市水务局"]', '2026-01-12', '2026-01-09', 0, 'receipt', 1, 0, '2026-01-04', '2026-01-05', NULL, NULL, 0, NULL, NULL, 0, 1);
INSERT INTO liuyan.cases (id, regulation, status, title, received, source, is_open, board_number, board, domain, category, urgency, topic, lead, supporting, due, reminder, provisional, due_from, awaiting_reply, was_overdue, dispatched, taken, replied, published, private, closed, archived, voided, batch) VALUES (2026000000002, 'tongliao-2023', '待初审', '路灯不亮', '2026-01-02', '市长板块', 1, '', '', '', '', '', '', '', '', NULL, NULL, 0, NULL, 0, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, 1);
INSERT INTO liuyan.counters (series, year, last) VALUES ('', 2026, 2);
INSERT INTO liuyan.counters (series, year, last) VALUES ('督', 2026, 1);
INSERT INTO liuyan.document_cases (number_text, case_id, event_id, standing, issued_on, addressee, served_on, served_manner) VALUES ('督〔2026〕1号', 2026000000001, 2, 1, '2026-01-03', '市住建局', NULL, '');
INSERT INTO liuyan.documents_issued (series, year, serial, number_text, title, by, voided_reason, replaced_by) VALUES ('督', 2026, 1, '督〔2026〕1号', '督办函', '王敏', '', '');
INSERT INTO liuyan.drafts ("user", case_id, action, seat, text) VALUES ('王敏', 2026000000001, 'reply', '', '{}');
INSERT INTO liuyan.events (id, case_id, action, canonical, hash) VALUES (1, 2026000000001, 'register', '{"action":"register","by":"王敏","case":"2026-0001","entered":"2026-01-02T08:00:00+08:00","id":1,"keys":{"source":"市长板块"},"on":"2026-01-02","practice":false,"previous":"0000000000000000000000000000000000000000000000000000000000000000","protected":{"name":"sm3:feeab8bfb19a8d0dbae7646ca8b2743441ebfbb110bb855bd5e034edbbc45c6a","text":"sm3:e208a252a3fbe84aae3ea4b2570144f2748b0a2ee744a91935c74a30b85ef30f"},"version":1}', '379920f5988b3336f38ccd651f19f393e0364c0760a3dc2d808efd42d5c63f3b');
INSERT INTO liuyan.events (id, case_id, action, canonical, hash) VALUES (2, 2026000000001, 'accept', '{"action":"accept","by":"王敏","case":"2026-0001","entered":"2026-01-02T08:00:00+08:00","id":2,"keys":{"category":"投诉"},"on":"2026-01-03","practice":false,"previous":"379920f5988b3336f38ccd651f19f393e0364c0760a3dc2d808efd42d5c63f3b","protected":{},"version":1}', '7075ef6ecf8921cb0cdb548e60e7d67022c7291ea605eb2ee96df325b4258da8');
INSERT INTO liuyan.events (id, case_id, action, canonical, hash) VALUES (3, NULL, 'settings', '{"action":"settings","by":"王敏","case":null,"entered":"2026-01-02T08:00:00+08:00","id":3,"keys":{"office":"某市政府"},"on":"2026-01-03","practice":false,"previous":"7075ef6ecf8921cb0cdb548e60e7d67022c7291ea605eb2ee96df325b4258da8","protected":{},"version":1}', '0a7fe63f797d734b0f96b9718e39ac8da7305e4ab23b98ce7e2247601e1e142a');
INSERT INTO liuyan.holiday_notices (year, region, text, source, entered, by) VALUES (2027, '', '{}', '国办', '2026-01-02T08:00:00+08:00', '王敏');
INSERT INTO liuyan.import_batches (id, file, sha256, by, entered, rows, imported, duplicates, rejected, undone) VALUES (1, 'a.xlsx', 'ab', '王敏', '2026-01-02T08:00:00+08:00', 2, 2, 0, 0, '');
INSERT INTO liuyan.incoming_keys (case_id, content_digest, board_number, likeness, title_likeness) VALUES (2026000000001, 'd1', '7', 'l1', '');
INSERT INTO liuyan.journal_head (place, event_id, hash) VALUES (2, 2, '1254a921042d173bf39d4eab4c800f92ede4775f3598d5916ac780b58865aea2');
INSERT INTO liuyan.journal_head (place, event_id, hash) VALUES (1, 3, '0a7fe63f797d734b0f96b9718e39ac8da7305e4ab23b98ce7e2247601e1e142a');
INSERT INTO liuyan.last_changes (line, number, day) VALUES ('63f0deb31bc46501', 1, '2026-11-27');
INSERT INTO liuyan.learned (name, made, cases, content) VALUES ('unit', '2026-01-03T08:00:00+08:00', 1, '\x00');
INSERT INTO liuyan.likeness_keys (key, case_id) VALUES (943328449, 2026000000001);
INSERT INTO liuyan.likeness_keys (key, case_id) VALUES (1783245909, 2026000000001);
INSERT INTO liuyan.likeness_keys (key, case_id) VALUES (1938245707, 2026000000001);
INSERT INTO liuyan.office_forms (name, content, sha256, changed, by) VALUES ('承办单.docx', '\x504b0304', 'ab', '2026-01-02T08:00:00+08:00', '王敏');
INSERT INTO liuyan.open_items (case_id, last_event, edition, units, items) VALUES (2026000000001, 2, '1', '{}', '{}');
INSERT INTO liuyan.paper_templates (sha256, content) VALUES ('cd', '\x504b0304');
INSERT INTO liuyan.paper_values (sha256, template_sha256, filled) VALUES ('ab', 'cd', '{"标题": "水压不足"}');
INSERT INTO liuyan.papers (id, case_id, form, number, made, by, sha256, template_sha256, event_id, file_name, joint) VALUES (1, 2026000000001, 'slip', '', '2026-01-02T08:00:00+08:00', '王敏', 'ab', 'cd', NULL, '', 0);
INSERT INTO liuyan.protected_words (event_id, key, words, salt) VALUES (1, 'text', '二次供水水压不足。', '451b8e0504b48b44771d364c3e7d7731');
INSERT INTO liuyan.protected_words (event_id, key, words, salt) VALUES (1, 'name', '李某', '6cc2aacb9c18653249c3df409da510c3');
INSERT INTO liuyan.seals (id, canonical, mac) VALUES (1, '{"access":[2,"1254a921042d173bf39d4eab4c800f92ede4775f3598d5916ac780b58865aea2",2],"day":"2026-01-03","entered":"2026-01-03T08:00:00+08:00","id":1,"journal":[3,"0a7fe63f797d734b0f96b9718e39ac8da7305e4ab23b98ce7e2247601e1e142a",3],"previous":"0000000000000000000000000000000000000000000000000000000000000000"}', '72e8d18f4fc36294f25816abd9077bf9b44ea68be82293ed8da1af24ac6dfa07');
INSERT INTO liuyan.search_texts (case_id, folded, names) VALUES (2026000000001, '水压不足二次供水水压不足。', '李某lmlimou');
INSERT INTO liuyan.search_texts (case_id, folded, names) VALUES (2026000000002, '路灯不亮两盏路灯不亮。', '');
INSERT INTO liuyan.settings (key, value) VALUES ('office', '某市政府');
INSERT INTO liuyan.status_counts (status, is_open, voided, count) VALUES ('办理中', 1, 0, 1);
INSERT INTO liuyan.status_counts (status, is_open, voided, count) VALUES ('待初审', 1, 0, 1);
INSERT INTO liuyan.units (name, short_names, superior, head, deputy, section, handler, phone, region, duties, place) VALUES ('市住房和城乡建设局', '["市住建局"]', '', '', '', '', '', '', '', '', 1);
INSERT INTO liuyan.users (name, roles, display_name, active, created) VALUES ('王敏', 'operator,administrator', '', 1, '2026-01-02T08:00:00+08:00');
SELECT pg_catalog.setval('liuyan.attachments_id_seq', 1, false);
SELECT pg_catalog.setval('liuyan.import_batches_id_seq', 1, false);
SELECT pg_catalog.setval('liuyan.papers_id_seq', 1, false);
ALTER TABLE ONLY liuyan.case_search
    ADD CONSTRAINT case_search_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.last_changes
    ADD CONSTRAINT last_changes_pkey PRIMARY KEY (line);
ALTER TABLE ONLY liuyan.access_log
    ADD CONSTRAINT pk_access_log PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.alembic_version
    ADD CONSTRAINT pk_alembic_version PRIMARY KEY (version_num);
ALTER TABLE ONLY liuyan.attachment_contents
    ADD CONSTRAINT pk_attachment_contents PRIMARY KEY (file);
ALTER TABLE ONLY liuyan.attachments
    ADD CONSTRAINT pk_attachments PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.bulletins
    ADD CONSTRAINT pk_bulletins PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.case_figures
    ADD CONSTRAINT pk_case_figures PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.case_messages
    ADD CONSTRAINT pk_case_messages PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.case_units
    ADD CONSTRAINT pk_case_units PRIMARY KEY (case_id, unit);
ALTER TABLE ONLY liuyan.cases
    ADD CONSTRAINT pk_cases PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.counters
    ADD CONSTRAINT pk_counters PRIMARY KEY (series, year);
ALTER TABLE ONLY liuyan.document_cases
    ADD CONSTRAINT pk_document_cases PRIMARY KEY (number_text, case_id);
ALTER TABLE ONLY liuyan.documents_issued
    ADD CONSTRAINT pk_documents_issued PRIMARY KEY (series, year, serial);
ALTER TABLE ONLY liuyan.drafts
    ADD CONSTRAINT pk_drafts PRIMARY KEY ("user", case_id, action, seat);
ALTER TABLE ONLY liuyan.events
    ADD CONSTRAINT pk_events PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.holiday_notices
    ADD CONSTRAINT pk_holiday_notices PRIMARY KEY (year, region);
ALTER TABLE ONLY liuyan.import_batches
    ADD CONSTRAINT pk_import_batches PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.incoming_keys
    ADD CONSTRAINT pk_incoming_keys PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.journal_head
    ADD CONSTRAINT pk_journal_head PRIMARY KEY (place);
ALTER TABLE ONLY liuyan.learned
    ADD CONSTRAINT pk_learned PRIMARY KEY (name);
ALTER TABLE ONLY liuyan.likeness_keys
    ADD CONSTRAINT pk_likeness_keys PRIMARY KEY (key, case_id);
ALTER TABLE ONLY liuyan.office_forms
    ADD CONSTRAINT pk_office_forms PRIMARY KEY (name);
ALTER TABLE ONLY liuyan.open_items
    ADD CONSTRAINT pk_open_items PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.paper_templates
    ADD CONSTRAINT pk_paper_templates PRIMARY KEY (sha256);
ALTER TABLE ONLY liuyan.paper_values
    ADD CONSTRAINT pk_paper_values PRIMARY KEY (sha256, template_sha256);
ALTER TABLE ONLY liuyan.papers
    ADD CONSTRAINT pk_papers PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.protected_words
    ADD CONSTRAINT pk_protected_words PRIMARY KEY (event_id, key);
ALTER TABLE ONLY liuyan.seals
    ADD CONSTRAINT pk_seals PRIMARY KEY (id);
ALTER TABLE ONLY liuyan.search_texts
    ADD CONSTRAINT pk_search_texts PRIMARY KEY (case_id);
ALTER TABLE ONLY liuyan.settings
    ADD CONSTRAINT pk_settings PRIMARY KEY (key);
ALTER TABLE ONLY liuyan.status_counts
    ADD CONSTRAINT pk_status_counts PRIMARY KEY (status, is_open, voided);
ALTER TABLE ONLY liuyan.units
    ADD CONSTRAINT pk_units PRIMARY KEY (name);
ALTER TABLE ONLY liuyan.users
    ADD CONSTRAINT pk_users PRIMARY KEY (name);
ALTER TABLE ONLY liuyan.presence
    ADD CONSTRAINT presence_pkey PRIMARY KEY (seat);
ALTER TABLE ONLY liuyan.attachments
    ADD CONSTRAINT uq_attachments_file UNIQUE (file);
ALTER TABLE ONLY liuyan.documents_issued
    ADD CONSTRAINT uq_documents_issued_number_text UNIQUE (number_text);
CREATE INDEX ix_access_log_case_id ON liuyan.access_log USING btree (case_id);
CREATE INDEX ix_access_log_day ON liuyan.access_log USING btree (day);
CREATE INDEX ix_attachments_case_id ON liuyan.attachments USING btree (case_id);
CREATE INDEX ix_case_search_terms ON liuyan.case_search USING gin (liuyan.search_terms(terms)) WITH (fastupdate='on', gin_pending_list_limit='1024');
ALTER INDEX liuyan.ix_case_search_terms ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX ix_case_units_unit ON liuyan.case_units USING btree (unit, case_id);
CREATE INDEX ix_cases_awaiting_due ON liuyan.cases USING btree (due, id) WHERE ((awaiting_reply = 1) AND (voided = 0));
CREATE INDEX ix_cases_awaiting_reminder ON liuyan.cases USING btree (reminder, id) WHERE ((awaiting_reply = 1) AND (voided = 0));
CREATE INDEX ix_cases_batch ON liuyan.cases USING btree (batch, id) WHERE (batch IS NOT NULL);
CREATE INDEX ix_cases_board_number ON liuyan.cases USING btree (board_number, id) WHERE (board_number <> ''::text);
CREATE INDEX ix_cases_category ON liuyan.cases USING btree (category, id) WHERE (voided = 0);
CREATE INDEX ix_cases_category_due ON liuyan.cases USING btree (category, due, id) WHERE (voided = 0);
CREATE INDEX ix_cases_due ON liuyan.cases USING btree (due, id) WHERE (voided = 0);
CREATE INDEX ix_cases_lead ON liuyan.cases USING btree (lead, id) WHERE (voided = 0);
CREATE INDEX ix_cases_live_due ON liuyan.cases USING btree (due, awaiting_reply, provisional, due_from, voided, is_open, replied, id) WHERE ((voided = 0) AND ((awaiting_reply = 1) OR ((is_open = 1) AND (due_from = 'dispatch'::text) AND (replied IS NULL))));
CREATE INDEX ix_cases_number ON liuyan.cases USING btree (id) WHERE (voided = 0);
CREATE INDEX ix_cases_open_due ON liuyan.cases USING btree (is_open, due, id) WHERE (voided = 0);
CREATE INDEX ix_cases_received ON liuyan.cases USING btree (received, id) WHERE (voided = 0);
CREATE INDEX ix_cases_status ON liuyan.cases USING btree (status, id) WHERE (voided = 0);
CREATE INDEX ix_cases_status_due ON liuyan.cases USING btree (status, due, id) WHERE (voided = 0);
CREATE INDEX ix_document_cases_case_id ON liuyan.document_cases USING btree (case_id);
CREATE INDEX ix_document_cases_issued_on ON liuyan.document_cases USING btree (issued_on);
CREATE INDEX ix_documents_issued_year ON liuyan.documents_issued USING btree (year, series, serial);
CREATE INDEX ix_events_case_id ON liuyan.events USING btree (case_id);
CREATE INDEX ix_import_batches_sha256 ON liuyan.import_batches USING btree (sha256);
CREATE INDEX ix_incoming_keys_board_number ON liuyan.incoming_keys USING btree (board_number);
CREATE INDEX ix_incoming_keys_content_digest ON liuyan.incoming_keys USING btree (content_digest);
CREATE INDEX ix_incoming_keys_likeness ON liuyan.incoming_keys USING btree (likeness);
CREATE INDEX ix_incoming_keys_title_likeness ON liuyan.incoming_keys USING btree (title_likeness);
CREATE INDEX ix_papers_case_id ON liuyan.papers USING btree (case_id);
CREATE TRIGGER access_log_are_not_emptied BEFORE TRUNCATE ON liuyan.access_log FOR EACH STATEMENT EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER access_log_stay BEFORE DELETE OR UPDATE ON liuyan.access_log FOR EACH ROW EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER attachments_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.attachments FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER bulletins_are_not_emptied BEFORE TRUNCATE ON liuyan.bulletins FOR EACH STATEMENT EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER bulletins_stay BEFORE DELETE OR UPDATE ON liuyan.bulletins FOR EACH ROW EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER bulletins_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.bulletins FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER cases_counted AFTER INSERT OR DELETE ON liuyan.cases FOR EACH ROW EXECUTE FUNCTION liuyan.count_cases();
CREATE TRIGGER cases_counted_over AFTER UPDATE OF status, is_open, voided ON liuyan.cases FOR EACH ROW WHEN ((((old.status IS DISTINCT FROM new.status) OR (old.is_open IS DISTINCT FROM new.is_open)) OR (old.voided IS DISTINCT FROM new.voided))) EXECUTE FUNCTION liuyan.count_cases();
CREATE TRIGGER drafts_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.drafts FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON liuyan.events FOR EACH STATEMENT EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER events_stay BEFORE DELETE OR UPDATE ON liuyan.events FOR EACH ROW EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER events_told AFTER INSERT ON liuyan.events REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_events();
CREATE TRIGGER holiday_notices_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.holiday_notices FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER import_batches_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.import_batches FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER papers_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.papers FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER seals_are_not_emptied BEFORE TRUNCATE ON liuyan.seals FOR EACH STATEMENT EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER seals_stay BEFORE DELETE OR UPDATE ON liuyan.seals FOR EACH ROW EXECUTE FUNCTION liuyan.refuse_change();
CREATE TRIGGER settings_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.settings FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER units_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.units FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
CREATE TRIGGER users_told AFTER INSERT OR DELETE OR UPDATE ON liuyan.users FOR EACH STATEMENT EXECUTE FUNCTION liuyan.tell_seats();
ALTER TABLE ONLY liuyan.attachments
    ADD CONSTRAINT fk_attachments_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.case_figures
    ADD CONSTRAINT fk_case_figures_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.case_messages
    ADD CONSTRAINT fk_case_messages_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.case_units
    ADD CONSTRAINT fk_case_units_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.document_cases
    ADD CONSTRAINT fk_document_cases_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.document_cases
    ADD CONSTRAINT fk_document_cases_number_text FOREIGN KEY (number_text) REFERENCES liuyan.documents_issued(number_text);
ALTER TABLE ONLY liuyan.incoming_keys
    ADD CONSTRAINT fk_incoming_keys_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.open_items
    ADD CONSTRAINT fk_open_items_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.papers
    ADD CONSTRAINT fk_papers_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
ALTER TABLE ONLY liuyan.protected_words
    ADD CONSTRAINT fk_protected_words_event_id FOREIGN KEY (event_id) REFERENCES liuyan.events(id);
ALTER TABLE ONLY liuyan.search_texts
    ADD CONSTRAINT fk_search_texts_case_id FOREIGN KEY (case_id) REFERENCES liuyan.cases(id);
