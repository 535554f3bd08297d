-- Who sends codes that go away (temp table `sent`), most items first. One row a kind of sender and sender.
with senders as (
  select 'university' as kind, university_id as id, * from sent where goes
  union all select 'facility', facility_id, * from sent where goes
  union all select 'vendor', vendor_id, * from sent where goes
), names as (
  select 'university' as kind, university_id as id, name_fa, name_en from reference.universities
  union all select 'facility', facility_id, name_fa, null from reference.facilities
  union all select 'vendor', vendor_id, name_fa, name_en from reference.vendors
), known as (
  select kind, id, any_value(name_fa) as name_fa, any_value(name_en) as name_en from names group by kind, id
)
select s.kind, s.id, coalesce(any_value(n.name_fa), s.id) as name_fa, coalesce(any_value(n.name_en), any_value(n.name_fa), s.id) as name_en,
       count(distinct s.code) filter (where s.items > 0) as codes, sum(s.items)::bigint as items, sum(s.items_passed)::bigint as items_passed,
       min(s.first_on) as first_on, max(s.last_on) as last_on
from senders s
left join known n on n.kind = s.kind and n.id = s.id
group by s.kind, s.id
having sum(s.items) > 0
order by s.kind, sum(s.items) desc, s.id
