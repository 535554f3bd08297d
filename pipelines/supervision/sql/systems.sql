-- Product and version of every registered system, as last registered.
select system_id, arg_max(product, coalesce(valid_from, date '0001-01-01')) as product, arg_max(version, coalesce(valid_from, date '0001-01-01')) as version
from reference.systems
group by system_id
