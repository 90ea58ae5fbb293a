-- What came of one attempt to deliver: noted, and tried again later or done with.
-- KEYS: 1 the deliveries, 2 the delivery, 3 the webhooks, 4 the log of its webhook
-- ARGV: 1 the server's prefix, 2 actor, 3 id, 4 attempt, 5 webhook, 6 the attempt as JSON without times,
--       7 again in ms (empty: done with), 8 entries of the log that are kept
-- Answers: OK | STALE where another attempt was begun since
--- @include "includes/now"
if redis.call('HGET', KEYS[2], 'attempts') ~= ARGV[4] then return { 'STALE' } end
local attempt = cjson.decode(ARGV[6])
attempt.at = NOW
if ARGV[7] ~= '' then
  attempt.nextAt = NOW + tonumber(ARGV[7])
  redis.call('ZADD', KEYS[1], int(attempt.nextAt), ARGV[3])
else
  redis.call('ZREM', KEYS[1], ARGV[3])
  redis.call('DEL', KEYS[2])
end
if redis.call('HEXISTS', KEYS[3], ARGV[5]) == 1 then
  redis.call('LPUSH', KEYS[4], cjson.encode(attempt))
  redis.call('LTRIM', KEYS[4], 0, tonumber(ARGV[8]) - 1)
end
return { 'OK' }
