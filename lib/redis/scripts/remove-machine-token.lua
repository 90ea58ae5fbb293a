-- KEYS: 1 the token, 2 the index of tokens
-- ARGV: 1 the server's prefix, 2 actor, 3 token hash
-- Answers: OK | UNKNOWN
redis.call('SREM', KEYS[2], ARGV[3])
if redis.call('DEL', KEYS[1]) == 0 then return { 'UNKNOWN' } end
return { 'OK' }
