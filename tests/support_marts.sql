-- The invented marts: outcome_counts from hashes, every other mart a sum of it. Run by support_marts.py.
create macro invented.r(a, b) as (hash(concat(a, '|', b)) % 10007) / 10007.0;
create macro invented.centre(f, n) as (f / n + 1.9208 / n) / (1 + 3.8416 / n);
create macro invented.half(f, n) as 1.96 * sqrt(f / n * (1 - f / n) / n + 0.9604 / (n * n)) / (1 + 3.8416 / n);

-- rule_id, ..., letter, lists, synthetic
create table marts.rules as
select rule_id, terminology, service, field, title_fa, title_en, start_on,
       (select jdate from reference.calendar where date = start_on) as start_jalali,
       '110/1927/د' as letter, letter_row,
       case when synthetic then 'SYNTHETIC-1399, SYNTHETIC-1401' else case terminology when 'ICD10' then 'ICD-10 2019' else 'RVU3 1401' end end as lists,
       synthetic
from invented.rules;

-- one row a day (two days a week), university, rule: how many items and which of them fail
create table invented.cells as
with base as (
  select r.rule_id, r.terminology, r.service, r.field, r.start_on, u.university_id,
         substr(u.university_id, 2)::int as un, c.date as exchange_on, c.jalali_month as jmonth, c.quarter,
         'v' || lpad((1 + (hash(concat(u.university_id, r.service)) % 7 + substr(u.university_id, 2)::int % 8))::varchar, 2, '0') as vendor_id
  from invented.rules r, reference.universities u, reference.calendar c
  where c.date between date '2022-12-22' and date '2023-05-21' and dayofweek(c.date) in (1, 4)
), rated as (
  select *,
    case when un > 62 then floor(2.2 * invented.r(rule_id || university_id, exchange_on)) * (hash(concat(university_id, rule_id, exchange_on)) % 9 = 0)::int
         when invented.r(university_id, rule_id) < 0.08 then 0
         else floor((20 + 400 * pow(invented.r(university_id, 'size'), 3)) * (0.5 + invented.r(rule_id, university_id || exchange_on))
              * case when exchange_on between date '2023-03-20' and date '2023-04-02' then 0.3 else 1 end) end as items,
    least(0.85, (0.06 + 0.34 * invented.r(rule_id, 'p') * (0.4 + invented.r(vendor_id, 'v')) + 0.05 * invented.r(university_id, 'q')) * (0.15 + 1.5 * pow(invented.r(university_id, 'quality'), 2))
      * case when exchange_on < start_on then 1
             else 0.16 + 0.75 * invented.r(vendor_id, 'fix') + 0.5 * exp(-(exchange_on - start_on) / 14.0) * invented.r(rule_id, 'slow') end) as p
  from base
)
select *, case when (select mode from invented.gates) = 'mixed' and un % 5 = 0 then 'after' else 'before' end as gate,
       case when exchange_on < start_on then 'before' else 'after' end as phase
from rated where items > 0;

create table marts.outcome_counts as
with failed as (
  select c.*, o.outcome, o.cause,
         floor(items * p * share * (case o.outcome when 'terminology_not_allowed' then 1.6 * invented.r(rule_id, 'tna') else 0.6 + 0.8 * invented.r(rule_id, o.outcome) end)
               + invented.r(university_id || rule_id, o.outcome || exchange_on))::bigint as n
  from invented.cells c, invented.outcomes o
), capped as (
  select *, least(n, greatest(0, items - coalesce(sum(n) over (partition by rule_id, university_id, exchange_on order by outcome rows between unbounded preceding and 1 preceding), 0)))::bigint as m from failed
), rest as (
  select rule_id, university_id, exchange_on, sum(m) as failed_items from capped group by all
), rows as (
  select rule_id, terminology, service, field, university_id, vendor_id, exchange_on, jmonth, quarter, phase, gate, outcome, cause, m as items from capped where m > 0
  union all
  select c.rule_id, terminology, service, field, c.university_id, vendor_id, c.exchange_on, jmonth, quarter, phase, gate,
         unnest(['passed', 'not_applicable']), null, unnest([items - failed_items, floor(items * 0.07)])::bigint
  from invented.cells c join rest using (rule_id, university_id, exchange_on)
)
select rule_id, terminology, service, field, 'literal' as reading, university_id, university_id || '-f1' as facility_id, vendor_id, 's-' || vendor_id as system_id,
       exchange_on, jmonth as jalali_month, quarter, phase, gate, outcome, cause, items::bigint as items, greatest(1, floor(items * 0.8))::bigint as messages
from rows where items > 0;
-- the same list read elsewhere: must never enter a rate
insert into marts.outcome_counts
select * replace ('wide' as reading) from marts.outcome_counts where terminology = 'thritaEHR.WardType' and outcome in ('unknown', 'passed');

create table invented.judged as
select * exclude (items, messages), items as judged, case when outcome = 'passed' then 0 else items end as failed
from marts.outcome_counts where reading = 'literal' and outcome not in ('not_applicable', 'error');

create table marts.error_rate_by_university as
select rule_id, terminology, university_id, jalali_month, quarter, phase, gate, sum(judged)::bigint as items_judged, sum(failed)::bigint as items_failed,
       sum(failed) / sum(judged) as error_rate,
       invented.centre(sum(failed), sum(judged)) - invented.half(sum(failed), sum(judged)) as low, invented.centre(sum(failed), sum(judged)) + invented.half(sum(failed), sum(judged)) as high
from invented.judged group by all;
create table marts.error_rate_by_vendor as
select rule_id, terminology, vendor_id, jalali_month, quarter, phase, gate, sum(judged)::bigint as items_judged, sum(failed)::bigint as items_failed,
       sum(failed) / sum(judged) as error_rate,
       invented.centre(sum(failed), sum(judged)) - invented.half(sum(failed), sum(judged)) as low, invented.centre(sum(failed), sum(judged)) + invented.half(sum(failed), sum(judged)) as high
from invented.judged group by all;
create table marts.error_rate_by_facility as
select rule_id, terminology, university_id, facility_id, jalali_month, quarter, phase, gate, sum(judged)::bigint as items_judged, sum(failed)::bigint as items_failed,
       sum(failed) / sum(judged) as error_rate,
       invented.centre(sum(failed), sum(judged)) - invented.half(sum(failed), sum(judged)) as low, invented.centre(sum(failed), sum(judged)) + invented.half(sum(failed), sum(judged)) as high
from invented.judged group by all;
create table marts.error_rate_around_rollout as
select rule_id, j.terminology, university_id, vendor_id, r.start_on, floor((exchange_on - r.start_on) / 7.0)::int as weeks_from_start,
       sum(judged)::bigint as items_judged, sum(failed)::bigint as items_failed
from invented.judged j join marts.rules r using (rule_id) group by all;

create table invented.samples as
select * from (values
  ('ICD10', 'J45,0', 'آسم، عمدتاً آلرژیک', 'malformed', 'J45.0', 'icd10'), ('ICD10', 'R072', 'درد پیش‌قلبی', 'malformed', 'R07.2', 'icd10'),
  ('ICD10', 'Z99.99', 'سایر', 'unknown', null, 'icd10'), ('', '', 'سرماخوردگی', 'incomplete', null, 'icd10'),
  ('IRC', '0', 'سرم نمکی ۰٫۹٪ ۵۰۰ میلی‌لیتر', 'placeholder', null, 'irc'), ('RVU3', '801430', 'آموکسی‌سیلین ۵۰۰ (کپسول)', 'terminology_not_allowed', null, 'irc'),
  ('IRC', '1228048012345', 'استامینوفن ۳۲۵', 'malformed', '0001228048012345', 'irc'), ('eRx', '999', 'نامشخص', 'placeholder', null, 'erx'),
  ('thritaEHR.WardType', '36', 'بخش مراقبت‌های ویژهٔ نوزادان (NICU)', 'malformed', '036', 'wardtype'), ('thritaEHR.WardType', '41', 'اورژانس', 'title_mismatch', '12', 'wardtype'),
  ('LNC', '2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'not_in_force', null, 'lnc'), ('LOCAL', 'CBC', 'شمارش کامل سلول‌های خون', 'terminology_not_allowed', null, 'lnc'),
  ('thritaEHR.otherCost', '24', 'یارانه ارز', 'title_mismatch', '24', 'othercost'), ('RVU3', '90.1.2', 'ویزیت', 'malformed', '90.1', 'rvu3')
) t(terminology_id, code, title, outcome, suggested_code, family);
create table marts.worst_codings as
select j.rule_id, s.terminology_id, s.code, s.title, s.outcome, o.cause, o.responsible, s.suggested_code, university_id, vendor_id, quarter,
       greatest(1, sum(failed) // 6)::bigint as items, greatest(1, sum(failed) // 8)::bigint as messages
from invented.judged j join invented.samples s on j.rule_id like '%-' || s.family and j.outcome = s.outcome join invented.outcomes o on o.outcome = s.outcome
group by all;

create table marts.coverage as
select rule_id, terminology, service, university_id, vendor_id, jalali_month, quarter,
       ceil(sum(items) * 1.1)::bigint as messages, ceil(sum(items) * 0.8)::bigint as messages_with_items, sum(items)::bigint as items,
       sum(items) filter (where outcome not in ('not_applicable', 'error'))::bigint as items_judged,
       coalesce(sum(items) filter (where outcome = 'not_applicable'), 0)::bigint as not_applicable, coalesce(sum(items) filter (where outcome = 'error'), 0)::bigint as errors
from marts.outcome_counts where reading = 'literal' group by all;
-- messages of a service are the same whichever rule looks at them
update marts.coverage c set messages = m.n
from (select service, university_id, vendor_id, jalali_month, max(messages) as n from marts.coverage group by all) m
where (c.service, c.university_id, c.vendor_id, c.jalali_month) = (m.service, m.university_id, m.vendor_id, m.jalali_month);

create table marts.note_kinds as
select * from (values
  ('title_blank', 'coding', 'بدون عنوان', 'No title', 'اقلام سنجیده‌شده', 'judged items', '', '', '', true, false),
  ('icd10_not_leaf', 'extra_check', 'کد سه‌رقمی ICD-10 که رقم چهارم دارد', 'Three-character ICD-10 code that has fourth characters', 'تشخیص‌های درست', 'diagnoses that passed', 'r', 'ICD10: codes', '', true, false),
  ('order_only_in_result', 'extra_check', 'کد ویژهٔ درخواست در جواب آزمایش', 'Order-only code in a laboratory result', 'نام آزمایش‌های درست', 'test names that passed', 'r', 'LNC: attribute order_or_result', '', true, true),
  ('addon_alone', 'extra_check', 'کد افزودنی (+) بدون کد اصلی', 'Add-on code (+) without a main code', 'کدهای RVU3 درست', 'RVU3 codes that passed', 'r', 'RVU3: attribute marks', '', true, false),
  ('standalone_procedure', 'extra_check', '«عمل مستقل» همراه عمل دیگر', 'Stand-alone procedure beside another operation', 'عمل‌های درست', 'operations that passed', 'r', 'RVU3: codes', '', true, false),
  ('discouraged_code', 'extra_check', 'کد LOINC که کاربردش توصیه نمی‌شود', 'LOINC code whose use is discouraged', 'کدهای LNC درست', 'LNC codes that passed', 'r', 'LNC: status active', 'LNC: status active', false, true)
) t(note, kind, title_fa, title_en, looks_at_fa, looks_at_en, rules, needs, missing, estimable, synthetic);
create table marts.notes as
select * from (values
  ('patientbill-diagnosis-icd10', 'icd10_not_leaf', 'u01', 'v01', '1401-11', 1200::bigint, 9000::bigint), ('patientbill-diagnosis-icd10', 'icd10_not_leaf', 'u02', 'v01', '1401-12', 34, 1000),
  ('patientbill-diagnosis-icd10', 'icd10_not_leaf', 'u02', 'v01', '1402-01', 7000, 8000), ('labresult-testname-lnc', 'order_only_in_result', 'u01', 'v02', '1401-11', 0, 700),
  ('patientbill-service-rvu3', 'addon_alone', 'u01', 'v02', '1401-11', 2, 3), ('labresult-testname-lnc', 'discouraged_code', 'u01', 'v02', '1401-11', 0, 0),
  ('patientbill-service-rvu3', 'title_blank', 'u01', 'v02', '1401-11', 9, 700)
) t(rule_id, note, university_id, vendor_id, jalali_month, items, items_looked_at);

create table landed.extracts as
select 'x-' || university_id as extract_id, university_id || '.ndjson' as file, 'ndjson' as format, 1000000::bigint as bytes, sum(messages)::bigint as messages,
       (hash(university_id) % 4)::bigint as quarantined, (hash(university_id) % 900)::bigint as duplicates, any_value(gate) as gate, university_id, timestamp '2023-05-22 08:00:00' as landed_at
from marts.outcome_counts group by university_id;
create table landed.quarantine as
select extract_id, 'row ' || i as entry, i * 1000 as "offset", ['not_well_formed', 'not_json', 'no_payload', 'too_large'][1 + (hash(concat(extract_id, i)) % 4)::int] as reason, null::varchar as detail
from landed.extracts, range(0, 4) t(i) where i < quarantined;
create table landed.messages as
select md5(concat(university_id, i)) as message_id, 'x-' || university_id as extract_id, ['PatientBill', 'LabResult'][1 + i % 2] as service, date '2022-12-22' + (i % 150)::int as exchange_on,
       'envelope' as exchange_on_source, university_id, university_id || '-f1' as facility_id, 's-v01' as system_id, 'v01' as vendor_id,
       md5(concat('c', university_id, i)) as composition_uid, 1 as attempt_no, 3 as items, 0 as private_items
from reference.universities, range(0, 30) t(i);

create table marts.error_rate_by_list_policy as
with policies(list_policy, spared) as (values ('in_force', 0.0), ('grace:30', 0.12), ('latest', 0.2), ('release:110/186', 0.35), ('release:110/501', 0.15), ('release:110/37', 0.2)),
counted as (
  select j.rule_id, j.terminology, p.list_policy, jalali_month, quarter, phase, gate, sum(judged)::bigint as items_judged, floor(sum(failed) * (1 - p.spared))::bigint as items_failed
  from invented.judged j join policies p on p.list_policy not like 'release:%' or j.terminology = 'LNC'
  group by j.rule_id, j.terminology, p.list_policy, p.spared, jalali_month, quarter, phase, gate
)
select *, items_failed / items_judged as error_rate, invented.centre(items_failed, items_judged) - invented.half(items_failed, items_judged) as low,
       invented.centre(items_failed, items_judged) + invented.half(items_failed, items_judged) as high
from counted;
-- what the newest release changes, and who sends the codes it lacks; the smallest senders stay below five items
create table reference.facilities as select university_id || '-f1' as facility_id, university_id, 'بیمارستان ' || substr(name_fa, 21) as name_fa from reference.universities;
create table reference.release_changes as
select 'RVU3' as terminology, '110/185' as before, '110/186' as after, date '2022-03-21' as before_from, date '2024-03-20' as after_from, false as partial,
       (100010 + 5 * i)::varchar as code, change, change as changes, 'ویزیت و خدمت شمارهٔ نمونه' as title_before, case when change = 'removed' then null else 'خدمت با عنوان تازه' end as title_after,
       null::varchar as status_before, case when change = 'retired' then 'deleted' end as status_after, null::date as valid_from_before, null::date as valid_from_after,
       null::date as valid_to_before, null::date as valid_to_after, case when change = 'rescoped' then 'marks: # → #*' end as scope,
       case when change in ('removed', 'retired') then date '2024-03-20' end as ends_on, case when i % 3 = 0 then (100011 + 5 * i)::varchar end as successor
from (select i, ['removed', 'removed', 'retired', 'rescoped', 'retitled', 'added'][1 + i % 6] as change from range(0, 40) t(i));
create table marts.code_traffic as
select 'patientbill-service-rvu3' as rule_id, 'RVU3' as terminology, (100010 + 5 * i)::varchar as code, 'literal' as reading, university_id, university_id || '-f1' as facility_id,
       vendor_id, jalali_month, quarter, items_judged // (6 + 9 * i) as items, (items_judged - items_failed) // (6 + 9 * i) as items_passed,
       date '2022-12-22' + i::int as first_on, date '2023-05-20' - i::int as last_on
from (select university_id, vendor_id, jalali_month, quarter, sum(judged)::bigint as items_judged, sum(failed)::bigint as items_failed from invented.judged where terminology = 'RVU3' group by all), range(0, 60) t(i)
where items_judged // (6 + 9 * i) > 0;

create table marts.bypass_evidence as
select u.university_id, '0f0e0d0c-0000-4000-8000-0000000000' || lpad(i::varchar, 2, '0') as facility_id, 'v01' as vendor_id, 's1' as system_id, 'HisOne' as product, '2.1' as version,
       'quarter' as period_kind, q.quarter as period, case i when 4 then 'unknown' else 'after' end as gate, 800 + 10 * i as messages, 60 - 5 * i as refusable_messages,
       case i when 2 then 310 end::bigint as passed_calls, case i when 2 then 0 end::bigint as refusals, 3.2 as expected_if_validating, 70.5 as expected_if_bypassing, 'own' as base_source,
       4.0 as llr_a, 0.0 as llr_b, case i when 1 then 1.5 else 0.0 end as llr_c, 0.0 as llr_d, 0.2 as prior, case when i < 6 then 0.99 - 0.07 * i when i < 9 then 0.2 end as probability,
       case when i < 9 then 0.1 end as low, case when i < 9 then 0.995 end as high, i < 9 as estimable, case when i < 9 then '' when i < 11 then 'too_few_messages' else 'log_exists' end as reason
from range(1, 13) as t(i)
join reference.universities u on u.university_id = 'u' || lpad(i::varchar, 2, '0')
cross join (values ('1401Q4'), ('1402Q1')) as q(quarter);

create table marts.service_audit as
select r.rule_id, r.terminology, r.service, '1401-10' as list_release, date '2023-03-01' as called_on, '1401-12' as jalali_month, '1401Q4' as quarter, true as in_force, 'content' as evidence,
       'literal' as reading, v.verdict, v.list_timing, (v.calls + hash(r.rule_id) % 7)::bigint as calls
from marts.rules r
cross join (values ('agree', '', 900), ('false_accept', '', 4), ('false_accept', 'older_list', 2), ('false_refuse', '', 3), ('other_reason', '', 1), ('not_told', '', 40)) as v(verdict, list_timing, calls);

create table marts.service_days as
select * from (values ('', date '2023-03-05', 'down', 400, 0, 0, 400), ('labresult-testname-lnc', date '2023-03-01', 'not_enforced', 60, 9, 0, 0), ('labresult-testname-lnc', date '2023-03-12', 'in_force', 60, 0, 8, 0),
    ('medicationprescription-productcode-erx', date '2023-02-06', 'enforced_early', 80, 0, 6, 0)) as t(rule_id, day, state, calls, missed, enforced, failed);

create table landed.call_logs as select 'validation' as kind;
create table marts.validation_service_use as
select v.vendor_id, g.gate, w.week as week_start, k.use_class, k.messages + 3 * length(v.vendor_id) as messages, case when k.use_class = 'not_validated' then 0 else k.messages end as timed,
       0 as within_1m, case when k.use_class = 'validated_before' then k.messages else 0 end as within_10m, 'high' as confidence
from reference.vendors as v
cross join (select distinct week from reference.calendar where date between date '2023-01-10' and date '2023-04-10') as w
cross join (values ('before'), ('after')) as g(gate)
cross join (values ('validated_before', 40), ('sent_after_failure', 6), ('validated_after', 9), ('not_validated', 21), ('no_log', 11)) as k(use_class, messages);
