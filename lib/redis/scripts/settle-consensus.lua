#!lua flags=allow-oom
-- A round as it is now: what ran out is expired or decided first, by Redis' clock.
-- KEYS: 1 the round, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor, 3 key
-- Answers: OK, Redis' time, field, value, … | UNKNOWN
-- Events: consensus.decided or consensus.expired, once
--- @include "includes/decide"
decide_if_ripe(ARGV[3])
local fields = redis.call('HGETALL', KEYS[1])
if #fields == 0 then return { 'UNKNOWN' } end
local answer = { 'OK', int(NOW) }
for _, it in ipairs(fields) do answer[#answer + 1] = it end
return answer
