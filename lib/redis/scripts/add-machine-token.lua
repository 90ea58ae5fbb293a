-- KEYS: 1 the token, 2 the index of tokens
-- ARGV: 1 the server's prefix, 2 actor, 3 token hash, 4 name, 5 scope as JSON, 6 made by, 7 most tokens
-- Answers: OK | FULL
--- @include "includes/now"
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[7]) then return { 'FULL' } end
redis.call('HSET', KEYS[1], 'name', ARGV[4], 'scope', ARGV[5], 'createdAt', int(NOW), 'createdBy', ARGV[6])
redis.call('SADD', KEYS[2], ARGV[3])
return { 'OK' }
