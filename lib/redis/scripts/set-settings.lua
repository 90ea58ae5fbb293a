#!lua
-- Sets the threshold of the namespace: that of every coordinator that names none of its own. Those who
-- beat follow with their next beat; of those who are silent the longest ones are looked at again.
-- KEYS: 1 settings, 2 deadlines, 3 beats
-- ARGV: 1 prefix, 2 actor, 3 threshold, ms
-- Answers: OK, changed ('1') | SCHEMA, found
--- @include "includes/schema"
--- @include "includes/deadline"
local refused = check_schema()
if refused then return refused end
local before = redis.call('HGET', K_SETTINGS, 'threshold')
if before == ARGV[3] then return { 'OK', '' } end
redis.call('HSET', K_SETTINGS, 'threshold', ARGV[3])
local silent = redis.call('ZRANGE', K_BEATS, 0, 999)
for _, id in ipairs(silent) do
  local member = 'coordinator:' .. id
  local at = redis.call('ZSCORE', K_DEADLINES, member)
  if at and tonumber(at) > NOW then redis.call('ZADD', K_DEADLINES, 'XX', int(NOW), member) end
end
return { 'OK', '1' }
