#!lua flags=allow-oom
-- Also when Redis is full: operators have to get in to mend that.
-- Reads sessions, and counts it as activity if asked to.
-- KEYS: the sessions
-- ARGV: 1 the server's prefix, 2 actor, 3 '1' to slide, then the token hash of each key
-- Answers: OK and nine fields each, of which those of a session that is over are empty after the id
--- @include "includes/sessions"
local answer = { 'OK' }
for i = 1, #KEYS do
  local hash = ARGV[3 + i]
  local session = read_session(hash, ARGV[3] == '1') or { hash, '', '', '', '', '', '', '', '' }
  for _, field in ipairs(session) do answer[#answer + 1] = field end
end
return answer
