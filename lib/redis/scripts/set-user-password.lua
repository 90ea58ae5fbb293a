#!lua flags=allow-oom
-- A new password ends every other session: who knew the old one is out.
-- KEYS: 1 the user, 2 the user's sessions
-- ARGV: 1 the server's prefix, 2 actor, 3 name, 4 password hash, 5 token hash to keep or ''
-- Answers: OK | UNKNOWN
--- @include "includes/sessions"
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'UNKNOWN' } end
redis.call('HSET', KEYS[1], 'password', ARGV[4])
local ended = {}
for _, hash in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  if hash ~= ARGV[5] then ended[#ended + 1] = hash end
end
end_sessions(ARGV[3], ended)
return { 'OK' }
