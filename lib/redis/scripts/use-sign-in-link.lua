#!lua flags=allow-oom
-- Uses up a one-time link and opens a session for its user, whom it makes if it may. Of two who
-- come at once, one gets in.
-- KEYS: 1 the link, 2 the session
-- ARGV: 1 the server's prefix, 2 actor, 3 token hash, 4 the name wanted by the first operator or '',
--       5 idle ms, 6 life ms, 7 address, 8 agent
-- Answers: OK and the session's nine fields | UNKNOWN no such link or user | CONFLICT the name is taken
--- @include "includes/sessions"
local stored = redis.call('GET', KEYS[1])
if not stored then return { 'UNKNOWN' } end
local link = cjson.decode(stored)
local name = link.user
if link.first and ARGV[4] ~= '' then name = ARGV[4] end
local exists = redis.call('EXISTS', s_user(name)) == 1
-- A link opens its own user's account only, whatever name comes with it.
if exists and name ~= link.user then return { 'CONFLICT' } end
redis.call('DEL', KEYS[1])
if not exists then
  if not link.role then return { 'UNKNOWN' } end
  redis.call('HSET', s_user(name), 'role', link.role, 'createdAt', int(NOW), 'createdBy', 'sign-in-link')
  redis.call('SADD', S .. 'users', name)
end
local session = open_session(ARGV[3], name, tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], ARGV[8])
return { 'OK', unpack(session) }
