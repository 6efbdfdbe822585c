-- A small reviewed database for the tests of the pages: all organisations and people in it are invented.

insert into runs (id, started, finished, command, version, settings, engine, counts) values
  ('run1', '2026-01-02T09:00:00Z', '2026-01-02T09:00:07Z', 'goalmap ingest news', '0.1.0', '{"workers": 2}', 'serial', '{"documents": 5, "passages": 11}');

insert into documents (id, path, sha256, title, publisher, published, kind, media_type, language, pages, words, status, problem, reader, duplicate_of, run_id) values
  ('d1', 'news/doors-open.html', 'aa', 'Doors Open brings 453 apprentices to Lockgate', 'Lockgate Trust', '2024-02-12', 'press_release', 'text/html', 'en', null, 240, 'ok', null, 'html', null, 'run1'),
  ('d2', 'board/annual-report.pdf', 'bb', null, null, null, 'annual_report', 'application/pdf', 'en', 12, 4100, 'partial', 'Page 4 is a picture without text. Install tesseract to read it.', 'pdf', null, 'run1'),
  ('d3', 'board/minutes.pdf', 'cc', null, null, null, null, 'application/pdf', null, null, 0, 'needs_password', 'The file is locked with a password. Save a copy without it.', 'pdf', null, 'run1'),
  ('d4', 'copies/doors-open.html', 'aa', 'Doors Open brings 453 apprentices to Lockgate', 'Lockgate Trust', '2024-02-12', 'press_release', 'text/html', 'en', null, 240, 'ok', 'The same content as another file.', 'html', 'd1', 'run1'),
  ('d5', 'news/<b>bold</b>.html', 'dd', '<script>document.title = "taken"</script> & "quotes"', 'Ann <i>O''Neil</i>', '2024-03', 'press_release', 'text/html', 'ar', null, 30, 'ok', null, 'html', null, 'run1');

insert into passages (id, document_id, position, page, kind, heading, text, boxes, goals) values
  ('p1', 'd1', 0, null, 'title', null, 'Doors Open brings 453 apprentices to Lockgate', null, '[]'),
  ('p2', 'd1', 1, null, 'navigation', null, 'Home | News | Contact', null, '[]'),
  ('p3', 'd1', 2, null, 'body', 'Doors Open brings 453 apprentices to Lockgate', 'Lockgate Trust has taken on 453 apprentices since 2022 through Doors Open, its programme with Brightwater College, and has set aside £840,000 for the next intake.', '[[1, 72.0, 100.0, 520.0, 130.0], [2, 72.0, 80.0, 520.0, 95.0]]', '["3", "5"]'),
  ('p4', 'd1', 3, null, 'quote', 'Doors Open brings 453 apprentices to Lockgate', '“I left school with nothing, and Doors Open gave me a trade,” said Dr Amara Osei, chief executive of Lockgate Trust. “We will open the doors wider.”', null, '["3"]'),
  ('p5', 'd1', 4, null, 'list_item', 'What comes next', 'A second centre in Harrowmead, planned for 2025.', null, '["3"]'),
  ('p6', 'd1', 5, null, 'boilerplate', null, 'Lockgate Trust is a registered charity in England and Wales.', null, '[]'),
  ('p7', 'd2', 0, 1, 'heading', null, 'Our people', null, '[]'),
  ('p8', 'd2', 1, 1, 'body', 'Our people', 'Staff gave 1,200 days to volunteering, and Sir Ivo Marsh retired as chair.', null, '["9"]'),
  ('p9', 'd2', 2, 2, 'table_row', 'Our people', 'Apprentices: 41 | Graduates: 12', null, '[]'),
  ('p10', 'd5', 0, null, 'body', '<h1>not a heading</h1>', '<script>document.title = "taken"</script> "Amara & <b>sons</b>" said: مرحبا بكم في لوكغيت', null, '["<img src=x onerror=alert(1)>"]'),
  ('p11', 'd1', 6, null, 'body', null, 'An older wording that the file no longer has.', null, '[]');
update passages set retired_at = '2026-01-02', replaced_by = 'p3' where id = 'p11';
update documents set missing_since = '2026-01-02' where id = 'd3';

insert into entities (id, kind, name, aliases) values
  ('e1', 'person', 'Amara Osei', '["Dr Osei", "Amara"]'),
  ('e2', 'organisation', 'Lockgate Trust', '["the Trust"]'),
  ('e3', 'initiative', 'Doors Open', '[]'),
  ('e4', 'organisation', 'Brightwater College', '[]'),
  ('e5', 'person', 'Ivo Marsh', '[]'),
  ('e6', 'person', '"><script>x</script>', '["<u>"]');

insert into mentions (id, passage_id, start, "end", entity_id, surface, rule)
select spans.column1, passages.id, instr(text, spans.column4) - 1, instr(text, spans.column4) - 1 + length(spans.column4), spans.column3, spans.column4, 'model'
from (values
  ('m1', 'p3', 'e2', 'Lockgate Trust'), ('m2', 'p3', 'e3', 'Doors Open'), ('m3', 'p3', 'e4', 'Brightwater College'),
  ('m4', 'p4', 'e1', 'Amara Osei'), ('m5', 'p4', 'e2', 'Lockgate Trust'), ('m6', 'p4', 'e3', 'Doors Open'),
  ('m7', 'p8', 'e5', 'Ivo Marsh'), ('m8', 'p10', 'e6', 'Amara & <b>sons</b>'), ('m9', 'p6', 'e2', 'Lockgate Trust')
) as spans join passages on passages.id = spans.column2;

insert into quotations (id, passage_id, start, "end", speaker_id)
select spans.column1, passages.id, instr(text, spans.column4) - 1, instr(text, spans.column4) - 1 + length(spans.column4), spans.column3
from (values
  ('q1', 'p4', 'e1', 'I left school with nothing, and Doors Open gave me a trade,'), ('q2', 'p4', 'e1', 'We will open the doors wider.'),
  ('q3', 'p10', null, '<b>sons</b>" said')
) as spans join passages on passages.id = spans.column2;

insert into figures (id, passage_id, start, "end", value, unit, what, period)
select spans.column1, passages.id, instr(text, spans.column3) - 1, instr(text, spans.column3) - 1 + length(spans.column3), spans.column4, spans.column5, spans.column6, spans.column7
from (values
  ('f1', 'p3', '453 apprentices', 453.0, null, 'apprentices', 'since 2022'), ('f2', 'p3', '£840,000', 840000.0, '£', 'the next intake', null),
  ('f3', 'p8', '1,200 days', 1200.0, null, 'days of volunteering', null)
) as spans join passages on passages.id = spans.column2;

insert into roles (id, passage_id, person_id, title, organisation_id, former, as_of) values
  ('r1', 'p4', 'e1', 'chief executive', 'e2', 0, '2024-02-12'),
  ('r2', 'p8', 'e5', 'chair', null, 1, null);
insert into memberships (id, passage_id, member_id, organisation_id, kind, as_of) values
  ('b1', 'p3', 'e4', 'e2', 'partner of', '2024-02-12');

insert into frameworks (id, name, version, publisher, counts) values
  ('invented', 'Invented Goals', '1', 'The tests', 'activities');
insert into goals (id, framework_id, code, name, label, family, scope, position) values
  ('invented/3', 'invented', '3', 'Positive Destinations', '3 Positive Destinations', 'Life stages', 'Work and training after school', 1),
  ('invented/5', 'invented', '5', 'Fair Careers', '5 Fair Careers', 'Life stages', 'Progress at work', 2),
  ('invented/8', 'invented', '8', 'Good Health', '8 Good Health', 'Barriers', 'Health and wellbeing', 3),
  ('invented/9', 'invented', '9', 'Extending Enterprise', '9 Extending Enterprise', 'Barriers', null, 4),
  ('invented/14', 'invented', '14', 'Achieve Equality, Through Diversity and Inclusion of Everybody', '14 Achieve Equality, Through Diversity and Inclusion of Everybody', 'Barriers', null, 5);

insert into proposals (id, passage_id, goal_id, score, rank, stage, evidence, reason, model, runner_up_goal_id, runner_up_score)
select spans.column1, passages.id, spans.column3, spans.column4, spans.column5, spans.column6,
  json_array(json_array(instr(text, spans.column7) - 1, instr(text, spans.column7) - 1 + length(spans.column7))), spans.column8, 'tfidf-1 ab12', spans.column9, spans.column10
from (values
  ('x1', 'p3', 'invented/3', 0.93, 1, 'delivered', 'taken on 453 apprentices', 'People are taken into training, and the passage counts them.', 'invented/5', 0.31),
  ('x2', 'p3', 'invented/5', 0.42, 2, 'ongoing', 'programme', 'A programme with a college.', null, null),
  ('x3', 'p4', 'invented/3', 0.71, 1, 'ongoing', 'gave me a trade,” said Dr Amara', 'Somebody tells of a trade that was gained.', null, null),
  ('x4', 'p5', 'invented/3', 0.55, 1, 'planned', 'second centre', 'A centre is planned.', null, null),
  ('x5', 'p8', 'invented/9', 0.66, 1, 'delivered', 'volunteering', 'Staff volunteer.', 'invented/3', 0.2),
  ('x6', 'p10', 'invented/9', 0.51, 1, 'aspiration', 'sons', '<b>because</b>', null, null)
) as spans join passages on passages.id = spans.column2;

insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, stage, best_practice, note, reviewer, decided_at, source) values
  ('p3', 'invented/3', 'invented/3', 'rejected', null, 0, null, 'bo', '2026-01-03T10:00:00Z', 'queue.csv'),
  ('p3', 'invented/3', 'invented/3', 'accepted', 'delivered', 1, 'Counted & "dated"', 'ann', '2026-01-04T10:00:00Z', 'queue.csv'),
  ('p3', 'invented/5', 'invented/5', 'rejected', null, 0, null, 'ann', '2026-01-04T10:00:05Z', 'queue.csv'),
  ('p11', 'invented/3', 'invented/3', 'accepted', 'delivered', 1, null, 'ann', '2026-01-02T10:01:00Z', 'queue.csv'),
  ('p8', 'invented/8', 'invented/9', 'changed', 'delivered', 0, 'Volunteering <i>for health</i>', 'ann', '2026-01-04T10:01:00Z', 'browser');

insert into activities (id, framework_id, status, title, goal_id, initiative_id, owner_id, stage, passages) values
  ('a1', 'invented', 'reviewed', 'Doors Open apprenticeships', 'invented/3', 'e3', 'e2', 'delivered', 1);
insert into activity_passages (activity_id, passage_id, position) values ('a1', 'p3', 0);

insert into readings (id, created, readers) values ('r1', '2026-01-03T09:00:00', '["Ann", "Ben"]');
insert into reading_slots (reading_id, passage_id, goal_id, position)
select 'r1', passage_id, goal_id, row_number() over (order by id) - 1 from proposals where passage_id in ('p3', 'p10');
insert into reading_answers (reading_id, passage_id, goal_id, proposed_goal_id, verdict, stage, reviewer, decided_at)
select reading_id, passage_id, goal_id, goal_id, iif(column1 = 'Ann', 'accepted', 'rejected'), 'planned', column1, '2026-01-04T09:00:00'
from reading_slots, (values ('Ann'), ('Ben')) where passage_id = 'p3' or column1 = 'Ann';
