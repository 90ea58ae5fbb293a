#!lua flags=allow-oom
-- Keeps the outcome of a press and writes its audit entry, unless somebody else has the turn by now.
-- KEYS: 1 the request, 2 the audit
-- ARGV: 1 the server's prefix, 2 actor, 3 holder, 4 fingerprint of the action, 5 outcome as JSON,
--       6 kept for ms, 7 audit entry as JSON, 8 most audit entries
-- Answers: OK | LOST
local stored = redis.call('GET', KEYS[1])
if stored then
  local held = cjson.decode(stored)
  if held.holder ~= ARGV[3] or held.outcome then return { 'LOST' } end
end
-- As text in a text: cjson would turn empty arrays into objects.
local kept = cjson.encode({ holder = ARGV[3], fingerprint = ARGV[4], outcome = ARGV[5] })
redis.call('SET', KEYS[1], kept, 'PX', ARGV[6])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[8], '*', 'e', ARGV[7])
return { 'OK' }
