#!lua flags=allow-oom
-- Ends one session and tells every server, so that its sockets are cut.
-- KEYS: 1 the session
-- ARGV: 1 the server's prefix, 2 actor, 3 token hash
-- Answers: OK | UNKNOWN
--- @include "includes/sessions"
local user = redis.call('HGET', KEYS[1], 'user')
if not user then return { 'UNKNOWN' } end
end_sessions(user, { ARGV[3] })
return { 'OK' }
