-- The number on a package (GTIN, with and without its leading zeros) as another name of a code.
--
-- grain     from_terminology, from_code, to_terminology, to_code
-- reads     attributes (reference attributes)
select 'GTIN', value, terminology, code from attributes where lower(name) = 'gtin' and length(value) >= 8 and value not like '0000%'
union
select 'GTIN', substr(value, 2), terminology, code from attributes where lower(name) = 'gtin' and length(value) = 14 and value like '0%' and value not like '0000%'
