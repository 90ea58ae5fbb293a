#!lua flags=allow-oom
-- Signs a user in whose password was right.
-- KEYS: 1 the user, 2 the session, 3 the user's sessions
-- ARGV: 1 the server's prefix, 2 actor, 3 token hash, 4 user, 5 idle ms, 6 life ms, 7 address, 8 agent
-- Answers: OK and the session's nine fields | UNKNOWN
--- @include "includes/sessions"
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'UNKNOWN' } end
local session = open_session(ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], ARGV[8])
return { 'OK', unpack(session) }
