"""The tables of a library, and why each is as it is.

* An article's id grows with its publish time (``seconds << 20 | sequence``), so that "newest first" is the order
  of the table and of the search index; it never changes, even when the article does.
* A story's id is the id of the article that founded it. ``newest`` orders stories in a topic and moves when a report
  arrives; with ``oldest`` it says in which days a story was told. Topic 0 holds every story; its name is empty, so that
  a source may bring a topic called "All". Stories that the reader muted, and those known only from a publisher's list,
  have no row in ``story_topic``.
* The counts in ``topic`` change in the same transaction as what they count.
* What the reader did (``state``, ``journal``, ``mute``, ``view``) is apart from what a source can bring again.
* A large value stands last in its row: what stands behind it costs reading it.
* ``pairs`` holds the texts of scripts without spaces as pairs of characters, so that a word inside one is found.
* What a publisher lists beside an article is one JSON list of ids (a tenth of the work of a row for each), which the
  view ``related`` shows as rows; ``awaited`` holds the places in it of articles that are not here yet.
* ``fingerprint`` holds an article as it was when it came: its house, and the numbers of its terms in the order of its
  text (a list for the headline, the excerpt and the figures); ``posting`` the articles of a week by term: new ones are
  written close together, and the days around an article are read without the rest. Term 0 is empty and counts the
  articles. Links stand in both directions.
* A story that can't be called by the article that founded it, because that is gone or was taken out, has a
  ``story_name``. ``separated`` is the reader's word: the stories that an article, by its key, is to stay out of; of a
  report that was taken out of a story, that one, and of those it left there, its own.
* An article's key is its canonical URL or, where its source gives it one, the identity that tells it from others of
  that URL.
* ``page`` holds the full text that was fetched from an article's page, or why there is none. It is apart from what
  sources bring, which replaces what they brought before; the search index knows both.
* ``awaited_read`` holds the keys of articles that were read in another program and are not here yet.
"""

APPLICATION_ID = 0x4E657773  # "News"

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL, last_good INTEGER, last_tried INTEGER, error TEXT NOT NULL DEFAULT '');
CREATE TABLE stamp (source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, place TEXT NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (source, place)) WITHOUT ROWID;
CREATE TABLE problem (source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, place TEXT NOT NULL,
    line INTEGER, reason TEXT NOT NULL);
CREATE INDEX problem_of_source ON problem (source);

CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, domain TEXT NOT NULL, UNIQUE (name, domain));
CREATE TABLE topic (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stories INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0);
INSERT INTO topic (id, name) VALUES (0, '');

CREATE TABLE article (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, story INTEGER NOT NULL, source INTEGER,
    origin TEXT NOT NULL, place TEXT NOT NULL, url TEXT NOT NULL, original TEXT NOT NULL,
    title TEXT NOT NULL, former_title TEXT NOT NULL DEFAULT '', excerpt TEXT NOT NULL, text TEXT NOT NULL,
    pairs TEXT NOT NULL, published INTEGER NOT NULL, is_date_known INTEGER NOT NULL, is_day_only INTEGER NOT NULL,
    outlet INTEGER NOT NULL REFERENCES outlet, quality INTEGER, heat INTEGER,
    category TEXT NOT NULL, kind TEXT NOT NULL, is_current INTEGER NOT NULL,
    images TEXT NOT NULL, links TEXT NOT NULL, warnings TEXT NOT NULL,
    has_images INTEGER NOT NULL GENERATED ALWAYS AS (images <> '[]') STORED);
CREATE INDEX article_of_story ON article (story, published, outlet, source, quality, heat, origin, has_images);
CREATE INDEX article_joined ON article (id, story) WHERE story <> id;
CREATE INDEX article_of_source ON article (source, origin);
CREATE INDEX article_of_outlet ON article (outlet);

CREATE TABLE article_topic (article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, rank INTEGER NOT NULL,
    topic INTEGER NOT NULL REFERENCES topic, PRIMARY KEY (article, rank)) WITHOUT ROWID;
CREATE TABLE related_list (article INTEGER PRIMARY KEY, others TEXT NOT NULL);
CREATE VIEW related AS SELECT l.article AS article, j.key AS rank, j.value AS other
    FROM related_list l, json_each(l.others) j WHERE j.value IS NOT NULL;
CREATE TABLE awaited (key TEXT NOT NULL, article INTEGER NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (key, article, rank)) WITHOUT ROWID;

CREATE TABLE story (
    id INTEGER PRIMARY KEY, newest INTEGER NOT NULL, article INTEGER NOT NULL, outlets INTEGER NOT NULL,
    is_unread INTEGER NOT NULL, is_saved INTEGER NOT NULL, is_muted INTEGER NOT NULL);
CREATE INDEX story_unread ON story (newest) WHERE is_unread;
CREATE INDEX story_saved ON story (newest) WHERE is_saved;
CREATE INDEX story_muted ON story (newest) WHERE is_muted;
CREATE INDEX story_several_outlets ON story (newest) WHERE outlets > 1;
CREATE TABLE story_topic (topic INTEGER NOT NULL, newest INTEGER NOT NULL, story INTEGER NOT NULL,
    PRIMARY KEY (topic, newest, story)) WITHOUT ROWID;
CREATE INDEX topic_of_story ON story_topic (story);

CREATE TABLE state (article INTEGER PRIMARY KEY, read_at INTEGER, saved_at INTEGER);
CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL, what TEXT NOT NULL, change TEXT NOT NULL);
CREATE TABLE mute (kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE view (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;

CREATE VIEW searchable AS SELECT a.id AS id, a.title AS title, a.excerpt AS excerpt, o.name AS outlet,
    a.text AS text, a.pairs AS pairs FROM article a JOIN outlet o ON o.id = a.outlet;
CREATE VIRTUAL TABLE found USING fts5 (title, excerpt, outlet, text, pairs, content='searchable', content_rowid='id',
    columnsize=0, prefix='2 3', tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO found (found, rank) VALUES ('automerge', 8);
"""

STORIES = """
ALTER TABLE outlet ADD COLUMN house TEXT NOT NULL DEFAULT '';
UPDATE outlet SET house = house(name, domain);
CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL);
INSERT INTO term (id, text, articles) VALUES (0, '', 0);
CREATE TABLE fingerprint (article INTEGER PRIMARY KEY, lead INTEGER, house TEXT NOT NULL, terms TEXT NOT NULL);
CREATE TABLE posting (week INTEGER NOT NULL, term INTEGER NOT NULL, article INTEGER NOT NULL,
    PRIMARY KEY (week, term, article)) WITHOUT ROWID;
CREATE TABLE link (article INTEGER NOT NULL, other INTEGER NOT NULL, score REAL NOT NULL, is_copy INTEGER NOT NULL,
    shared TEXT NOT NULL, PRIMARY KEY (article, other)) WITHOUT ROWID;
CREATE TABLE separated (key TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, story)) WITHOUT ROWID;
CREATE TABLE story_name (story INTEGER PRIMARY KEY, name TEXT NOT NULL);
ALTER TABLE story ADD COLUMN oldest INTEGER NOT NULL DEFAULT 0;
UPDATE story SET oldest = newest;
ALTER TABLE story_topic ADD COLUMN oldest INTEGER NOT NULL DEFAULT 0;
UPDATE story_topic SET oldest = newest;
INSERT INTO meta (key, value) SELECT 'ungrouped', '0' WHERE EXISTS (SELECT 1 FROM article);
"""
"""What leads from version 1, in which each article was a story of its own; ``ungrouped`` says from which id on they
still are."""

FEEDS = """
ALTER TABLE source ADD COLUMN folders TEXT NOT NULL DEFAULT '[]';
ALTER TABLE source ADD COLUMN every INTEGER;
ALTER TABLE source ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN is_full_text INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN may_be_private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN next_attempt INTEGER;
ALTER TABLE source ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN moved_times INTEGER NOT NULL DEFAULT 0;
UPDATE source SET may_be_private = 1;
CREATE TABLE page (article INTEGER PRIMARY KEY, fetched INTEGER NOT NULL, error TEXT NOT NULL, pairs TEXT NOT NULL,
    text TEXT NOT NULL);
CREATE TABLE awaited_read (key TEXT PRIMARY KEY, read_at INTEGER NOT NULL) WITHOUT ROWID;
DROP VIEW searchable;
CREATE VIEW searchable AS SELECT a.id AS id, a.title AS title, a.excerpt AS excerpt, o.name AS outlet,
    iif(p.text IS NULL, a.text, a.text || char(10) || p.text) AS text,
    iif(p.pairs IS NULL, a.pairs, a.pairs || char(10) || p.pairs) AS pairs
    FROM article a JOIN outlet o ON o.id = a.outlet LEFT JOIN page p ON p.article = a.id;
"""
"""What leads from version 2, whose places were typed by the reader, every one."""
