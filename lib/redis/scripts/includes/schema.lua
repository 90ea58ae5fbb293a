--- @include "includes/keys"
-- Another major version of the schema reads and writes other shapes: answers { 'SCHEMA', found } then.
local function check_schema()
  local found = redis.call('HGET', K_SETTINGS, 'schema')
  if not found then
    redis.call('HSET', K_SETTINGS, 'schema', '1')
    return nil
  end
  if found == '1' then return nil end
  return { 'SCHEMA', found }
end
