-- What the newest release of each terminology changes against the one before it. One row a terminology and code.
select * replace (string_split(changes, ' ') as changes)
from reference.release_changes
order by terminology, code
