#!lua flags=allow-oom
-- Keeps the outcome of a press and writes its audit entry, if the turn is still the caller's.
-- KEYS: 1 the request, 2 the audit
-- ARGV: 1 the server's prefix, 2 actor, 3 holder, 4 outcome as JSON, 5 kept for ms,
--       6 audit entry as JSON, 7 most audit entries
-- Answers: OK | LOST somebody else has the turn by now
local stored = redis.call('GET', KEYS[1])
if not stored then return { 'LOST' } end
local held = cjson.decode(stored)
if held.holder ~= ARGV[3] or held.outcome then return { 'LOST' } end
-- As text in a text: cjson would turn empty arrays into objects.
held.outcome = ARGV[4]
redis.call('SET', KEYS[1], cjson.encode(held), 'PX', ARGV[5])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], '*', 'e', ARGV[6])
return { 'OK' }
