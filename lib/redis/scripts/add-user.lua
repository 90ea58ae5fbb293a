-- KEYS: 1 the user, 2 the set of users
-- ARGV: 1 the server's prefix, 2 actor, 3 name, 4 role, 5 password hash or '', 6 made by
-- Answers: OK | CONFLICT there is one of this name
--- @include "includes/now"
if redis.call('EXISTS', KEYS[1]) == 1 then return { 'CONFLICT' } end
redis.call('HSET', KEYS[1], 'role', ARGV[4], 'createdAt', int(NOW), 'createdBy', ARGV[6])
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'password', ARGV[5]) end
redis.call('SADD', KEYS[2], ARGV[3])
return { 'OK' }
