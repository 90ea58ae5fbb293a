#!lua flags=allow-oom
-- Counts one attempt in a sliding window; a refused one does not count.
-- KEYS: 1 the limit
-- ARGV: 1 the server's prefix, 2 actor, 3 most in a window, 4 window ms, 5 a name for this attempt
-- Answers: OK | LIMITED and in how many ms the next is allowed
--- @include "includes/now"
local most, window = tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', int(NOW - window))
if redis.call('ZCARD', KEYS[1]) >= most then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
  return { 'LIMITED', int(math.max(1, (tonumber(oldest) or NOW) + window - NOW)) }
end
redis.call('ZADD', KEYS[1], int(NOW), ARGV[5])
redis.call('PEXPIRE', KEYS[1], int(window))
return { 'OK' }
