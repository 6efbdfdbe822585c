-- Activities, roles and memberships for the dashboard, on top of activity_map.sql; all of it is invented.

delete from activity_passages;
delete from activities;

insert into entities (id, kind, name, aliases) values
  ('e5', 'organisation', '"><script>x</script> & =cmd() Trust', '[]'),
  ('e6', 'person', 'Ida Long', '[]');

insert into activities (id, framework_id, status, title, goal_id, goals, stage, owner_id, owner, partners, beneficiaries, figures, edited, best_practice, passages, documents) values
  ('a1', 'purpose-goals', 'reviewed', 'Doors Open', 'purpose-goals/5', '["5", "3"]', 'delivered', 'e2', 'Ashwick NHS Trust', '[]', '[]',
    '[{"what": "people into jobs", "unit": null, "readings": [{"words": "212", "value": 212.0, "passage_id": "p1", "start": 99, "end": 102, "period": "2023", "as_of": "2023"}, {"words": "180", "value": 180.0, "passage_id": "p1", "start": 99, "end": 102, "period": "2022", "as_of": "2022"}, {"words": "some", "value": null, "passage_id": "p1", "start": 0, "end": 4, "period": "2021", "as_of": "2021"}], "what_follows": true}]',
    '[]', 1, 2, 2),
  ('a2', 'purpose-goals', 'reviewed', 'Tablets', 'purpose-goals/10', '["10"]', 'ongoing', 'e2', 'Ashwick NHS Trust', '[]', '[]', '[]', '[]', 0, 1, 1),
  ('a3', 'purpose-goals', 'reviewed', '<script>alert(1)</script>', 'purpose-goals/10', '["10", "4"]', 'planned', 'e5', '"><script>x</script> & =cmd() Trust', '[]', '[]', '[]', '[]', 0, 1, 1),
  ('a4', 'purpose-goals', 'reviewed', 'Mentors', 'purpose-goals/4', '["4"]', null, null, 'Written by hand Trust', '[]', '[]', '[]', '["owner"]', 0, 1, 1),
  ('a5', 'purpose-goals', 'reviewed', 'Solar panels', 'purpose-goals/13', '["13"]', 'aspiration', null, null, '[]', '[]', '[]', '[]', 0, 1, 1),
  ('a6', 'purpose-goals', 'proposed', 'Trees', 'purpose-goals/12', '["12"]', 'planned', 'e3', 'Marlow College', '[]', '[]', '[]', '[]', 0, 1, 1);

insert into roles (id, passage_id, person_id, title, organisation_id, former, as_of) values
  ('r1', 'p3', 'e4', 'mentor', 'e2', 0, '2024'),
  ('r2', 'p3', 'e4', 'chair', 'e3', 1, '2020'),
  ('r3', 'p4', 'e6', 'nurse', null, 0, '2024');
insert into memberships (id, passage_id, member_id, organisation_id, kind, as_of, until) values
  ('b1', 'p1', 'e3', 'e2', 'partner of', '2023', null),
  ('b2', 'p6', 'e5', 'e3', 'part of', '2020', '2021');
