-- KEYS: 1 the user, 2 the set of users, 3 the user's sessions
-- ARGV: 1 the server's prefix, 2 actor, 3 name
-- Answers: OK | UNKNOWN | LAST_ADMIN
--- @include "includes/sessions"
--- @include "includes/last-admin"
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'UNKNOWN' } end
if is_last_admin(S, ARGV[3]) then return { 'LAST_ADMIN' } end
end_sessions(ARGV[3], redis.call('ZRANGE', KEYS[3], 0, -1))
redis.call('DEL', KEYS[1], KEYS[3])
redis.call('SREM', KEYS[2], ARGV[3])
return { 'OK' }
