#!lua flags=allow-oom
-- Acknowledges or snoozes an entry of the attention list. The oldest of too many marks go.
-- KEYS: 1 the marks, 2 the events
-- ARGV: 1 prefix, 2 actor, 3 entry, 4 acknowledged or snoozed, 5 by, 6 until (ms) or '',
--       7 operator.acted's data as JSON, 8 entity of the event, 9 most marks, 10 longest snooze ms
-- Answers: OK and the event's id | INVALID that time is past, or too far away
-- Events: operator.acted
--- @include "includes/emit"
local until_time = tonumber(ARGV[6])
if until_time and (until_time <= NOW or until_time > NOW + tonumber(ARGV[10])) then
  return { 'INVALID' }
end
local seq = emit('operator.acted', ARGV[8], ARGV[7])
-- `until` is a word of Lua's own.
local mark = { entry = ARGV[3], kind = ARGV[4], by = ARGV[5], at = NOW, ['until'] = until_time, seq = seq }
redis.call('HSET', KEYS[1], ARGV[3], cjson.encode(mark))
local extra = redis.call('HLEN', KEYS[1]) - tonumber(ARGV[9])
if extra > 0 then
  local marks = {}
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local ok, stored = pcall(cjson.decode, all[i + 1])
    marks[#marks + 1] = { all[i], ok and type(stored) == 'table' and tonumber(stored.at) or 0 }
  end
  table.sort(marks, function(a, b) return a[2] < b[2] end)
  for i = 1, extra do redis.call('HDEL', KEYS[1], marks[i][1]) end
end
return { 'OK', seq }
