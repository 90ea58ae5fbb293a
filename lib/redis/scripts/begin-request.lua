#!lua flags=allow-oom
-- Takes the turn of a press, or keeps it, unless somebody else has it or it was carried out.
-- KEYS: 1 the request
-- ARGV: 1 the server's prefix, 2 actor, 3 holder, 4 fingerprint of the action, 5 lease ms
-- Answers: OK the turn is the caller's | RUNNING | DONE and the outcome as JSON
--          | CONFLICT the id stands for another action
local stored = redis.call('GET', KEYS[1])
if stored then
  local held = cjson.decode(stored)
  if held.fingerprint ~= ARGV[4] then return { 'CONFLICT' } end
  if held.outcome then return { 'DONE', held.outcome } end
  if held.holder ~= ARGV[3] then return { 'RUNNING' } end
end
local claim = cjson.encode({ holder = ARGV[3], fingerprint = ARGV[4] })
redis.call('SET', KEYS[1], claim, 'PX', ARGV[5])
return { 'OK' }
