#!lua flags=allow-oom
-- Whether this version may use the namespace; marks a new one as its own.
-- KEYS: 1 settings
-- ARGV: 1 prefix, 2 actor
-- Answers: OK, Redis' time | SCHEMA, found
--- @include "includes/schema"
--- @include "includes/now"
return check_schema() or { 'OK', int(NOW) }
