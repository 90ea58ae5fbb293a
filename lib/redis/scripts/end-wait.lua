#!lua flags=allow-oom
-- A wait that was shown has ended.
-- KEYS: 1 coordinator, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance, 6 wait id, 7 outcome, 8 how long it waited, ms
-- Answers: OK | LOST | FENCED, epoch, count
-- Events: coordinator.unblocked
--- @include "includes/fence"
--- @include "includes/deadline"
local id, wait_id = ARGV[3], ARGV[6]
local refused = fence(id, ARGV[4], ARGV[5], 'wait')
if refused then return refused end
if redis.call('HDEL', KEYS[1], 'w:' .. wait_id) == 1 then
  undue('wait', id .. ':' .. wait_id)
  local ev = emit('coordinator.unblocked', 'coordinator:' .. id,
    '{"waitId":' .. cjson.encode(wait_id) .. ',"outcome":"' .. ARGV[7] .. '","waitedMs":' .. int(tonumber(ARGV[8])) .. '}')
  redis.call('HSET', KEYS[1], 'ev', ev)
end
return { 'OK' }
