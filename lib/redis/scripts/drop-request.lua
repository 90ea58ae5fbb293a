#!lua flags=allow-oom
-- Gives up the turn of a press whose outcome nobody knows, so that it can be tried again.
-- KEYS: 1 the request
-- ARGV: 1 the server's prefix, 2 actor, 3 holder
-- Answers: OK | LOST
local stored = redis.call('GET', KEYS[1])
if not stored then return { 'LOST' } end
local held = cjson.decode(stored)
if held.holder ~= ARGV[3] or held.outcome then return { 'LOST' } end
redis.call('DEL', KEYS[1])
return { 'OK' }
