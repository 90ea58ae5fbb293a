#!lua flags=allow-oom
-- Ends all sessions of a user, but one if named.
-- KEYS: 1 the user's sessions
-- ARGV: 1 the server's prefix, 2 actor, 3 user, 4 token hash to keep or ''
-- Answers: OK and how many
--- @include "includes/sessions"
local ended = {}
for _, hash in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if hash ~= ARGV[4] then ended[#ended + 1] = hash end
end
end_sessions(ARGV[3], ended)
return { 'OK', tostring(#ended) }
