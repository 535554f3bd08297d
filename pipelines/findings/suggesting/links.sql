-- The maps between terminologies, both ways round.
--
-- grain     from_terminology, from_code, to_terminology, to_code
-- reads     maps (reference maps)
select from_terminology, from_code, to_terminology, to_code from maps where from_terminology <> to_terminology
union
select to_terminology, to_code, from_terminology, from_code from maps where from_terminology <> to_terminology
