-- KEYS: 1 the user
-- ARGV: 1 the server's prefix, 2 actor, 3 name, 4 role
-- Answers: OK | UNKNOWN | LAST_ADMIN nobody would be left who can let others in
--- @include "includes/last-admin"
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'UNKNOWN' } end
if ARGV[4] ~= 'admin' and is_last_admin(ARGV[1], ARGV[3]) then return { 'LAST_ADMIN' } end
redis.call('HSET', KEYS[1], 'role', ARGV[4])
return { 'OK' }
