-- A small database for the activity map; frameworks and goals are written first by save_frameworks.

insert into runs (id, started, finished, command, version, settings) values
  ('x1', '2024-06-01T08:00:00+00:00', '2024-06-01T08:01:00+00:00', 'ingest', '0.1.0', '{}');

insert into documents (id, path, title, publisher, published, kind, pages, status, problem, duplicate_of, run_id) values
  ('d1', 'in/doors-open.html', 'Doors Open welcomes its 300th starter', 'Ashwick NHS Trust', '2024-02-12', 'press_release', null, 'ok', null, null, 'x1'),
  ('d2', 'in/annual-report.pdf', 'Annual report <2023>', 'University of Marlow', '2023', 'annual_report', 4, 'partial', 'Page 3 could not be read. Save the file again as PDF.', null, 'x1'),
  ('d3', 'in/scan.pdf', null, null, null, null, 2, 'no_text', 'The pages are pictures. Install tesseract and ingest again.', null, 'x1'),
  ('d4', 'in/copy of doors-open.html', 'Doors Open welcomes its 300th starter', null, '2024-02-12', 'press_release', null, 'ok', 'The same content as another file, which stands for both.', 'd1', 'x1'),
  ('d5', 'in/news.html', 'Trees for Ashwick', 'Marlow Gazette', '2024-05', null, null, 'ok', null, null, 'x1');

insert into passages (id, document_id, position, page, kind, heading, retired_at, text) values
  ('p8', 'd1', 0, null, 'title', null, null, 'Opening doors'),
  ('p1', 'd1', 1, null, 'body', 'Opening doors', null, 'Doors Open guarantees an interview to every resident of the five poorest wards. In 2023 it brought 212 unemployed adults into permanent jobs at Ashwick NHS Trust, working with Marlow College.'),
  ('p2', 'd1', 2, null, 'body', 'Getting online', null, '=SUM(A1) is how the spreadsheet began; the trust now lends 60 tablets to patients who cannot get online.'),
  ('p9', 'd1', 3, null, 'navigation', null, null, 'Home | News | Contact us'),
  ('p3', 'd2', 0, 2, 'body', 'Mentors', null, '<script>alert(''x'')</script> Staff mentors met 40 pupils & their parents every week, said Dr Joan Field.'),
  ('p4', 'd2', 1, 2, 'body', null, null, 'We thank our wonderful nurses for their care.'),
  ('p5', 'd2', 2, 4, 'body', 'Energy', null, 'Solar panels on the library roof cut the university’s bills by 12% last year.'),
  ('p6', 'd5', 0, null, 'body', null, null, 'Ashwick NHS Trust will plant 400 trees with residents by 2026, after a grant of £20,000.'),
  ('p7', 'd1', 9, null, 'body', null, '2024-06-01T09:00:00+00:00', 'A bursary helped 9 students into the sixth form.');

insert into entities (id, kind, name, aliases) values
  ('e1', 'initiative', 'Doors Open', '[]'),
  ('e2', 'organisation', 'Ashwick NHS Trust', '["ANT"]'),
  ('e3', 'organisation', 'Marlow College', '[]'),
  ('e4', 'person', 'Joan Field', '[]');

insert into mentions (id, entity_id, passage_id, surface, start, "end") values
  ('m1', 'e1', 'p1', 'Doors Open', 0, 10),
  ('m2', 'e2', 'p1', 'Ashwick NHS Trust', 144, 161),
  ('m3', 'e3', 'p1', 'Marlow College', 176, 190),
  ('m4', 'e4', 'p3', 'Joan Field', 92, 102),
  ('m5', 'e2', 'p6', 'Ashwick NHS Trust', 0, 17);

insert into figures (id, passage_id, start, "end", value, unit, what, period) values
  ('f1', 'p1', 99, 102, 212, null, 'unemployed adults', 'In 2023'),
  ('f2', 'p2', 59, 61, 60, null, 'tablets', null),
  ('f3', 'p3', 46, 48, 40, null, 'pupils', 'every week'),
  ('f4', 'p5', 63, 66, 12, '%', null, 'last year'),
  ('f5', 'p6', 29, 32, 400, null, 'trees', 'by 2026'),
  ('f6', 'p6', 80, 87, 20000, '£', null, null);

insert into proposals (id, passage_id, goal_id, score, rank, stage, evidence, reason, model, runner_up_goal_id, runner_up_score) values
  ('g1', 'p1', 'purpose-goals/5', 0.93, 1, 'ongoing', '[[25, 34], [103, 120]]', 'Words for 5 Open recruitment: “interview”, “unemployed adults”.', 'purpose-goals@0123456789', 'purpose-goals/6', 0.08),
  ('g2', 'p1', 'purpose-goals/3', 0.45, 2, 'delivered', '[]', 'Words for 3 Positive destinations post 16+: none by themselves.', 'purpose-goals@0123456789', 'purpose-goals/6', 0.08),
  ('g3', 'p2', 'purpose-goals/10', 0.61, 1, 'ongoing', '[[62, 69], [97, 103]]', 'Words for 10 Closing the digital divide: “tablets”, “online”.', 'purpose-goals@0123456789', null, null),
  ('g4', 'p3', 'purpose-goals/4', 0.55, 1, 'delivered', '[[34, 41]]', 'Words for 4 Right advice and experiences: “mentors”.', 'purpose-goals@0123456789', 'purpose-goals/2', 0.4),
  ('g5', 'p4', 'purpose-goals/8', 0.41, 1, 'ongoing', '[[40, 44]]', 'Words for 8 Good health and wellbeing: “care”.', 'purpose-goals@0123456789', null, null),
  ('g6', 'p6', 'purpose-goals/12', 0.82, 1, 'planned', '[[33, 38], [44, 53]]', 'Words for 12: “trees”.', 'purpose-goals@0123456789', 'purpose-goals/13', 0.3);

insert into decisions (id, passage_id, goal_id, proposed_goal_id, verdict, stage, best_practice, note, reviewer, decided_at, source) values
  (1, 'p1', 'purpose-goals/5', 'purpose-goals/5', 'rejected', null, 0, null, 'A. Reader', '2024-06-01T10:00:00+00:00', 'queue q.csv'),
  (2, 'p1', 'purpose-goals/5', 'purpose-goals/5', 'accepted', 'delivered', 1, 'Strong, with a result.', 'A. Reader', '2024-06-02T10:00:00+00:00', 'queue q.csv'),
  (3, 'p3', 'purpose-goals/2', 'purpose-goals/4', 'changed', null, 0, 'Pupils of 11, in class.', 'B. Second', '2024-06-02T10:05:00+00:00', 'queue q.csv'),
  (4, 'p4', 'purpose-goals/8', 'purpose-goals/8', 'rejected', null, 0, 'Thanks only.', 'A. Reader', '2024-06-02T10:06:00+00:00', 'queue q.csv'),
  (5, 'p5', 'purpose-goals/13', 'purpose-goals/13', 'added', 'delivered', 0, null, 'A. Reader', '2024-06-02T10:07:00+00:00', 'browser'),
  (6, 'p7', 'purpose-goals/3', 'purpose-goals/3', 'accepted', 'delivered', 0, 'Good.', 'A. Reader', '2024-05-01T10:00:00+00:00', 'queue q.csv');
