#!lua
-- Sets the threshold of the namespace: that of every coordinator that names none of its own.
-- KEYS: 1 settings
-- ARGV: 1 prefix, 2 actor, 3 threshold, ms
-- Answers: OK, has yet to be applied to those who are registered ('1' or '') | SCHEMA, found
--- @include "includes/schema"
local refused = check_schema()
if refused then return refused end
redis.call('HSET', K_SETTINGS, 'threshold', ARGV[3])
return { 'OK', redis.call('HGET', K_SETTINGS, 'thresholdApplied') == ARGV[3] and '' or '1' }
