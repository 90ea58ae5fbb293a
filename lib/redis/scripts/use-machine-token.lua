#!lua flags=allow-oom
-- Reads a machine token and notes that it was used; a revoked one is not written back.
-- KEYS: 1 the token
-- ARGV: 1 the server's prefix, 2 actor
-- Answers: OK, name, scope, createdAt, createdBy, lastUsedAt before this | UNKNOWN
--- @include "includes/now"
local it = redis.call('HMGET', KEYS[1], 'name', 'scope', 'createdAt', 'createdBy', 'lastUsedAt')
if not it[1] then return { 'UNKNOWN' } end
redis.call('HSET', KEYS[1], 'lastUsedAt', int(NOW))
return { 'OK', it[1], it[2], it[3], it[4], it[5] or '' }
