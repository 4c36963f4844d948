-- Not run on a real Oracle so far.
--
-- The user of the service. By a DBA, in the pluggable database of the procedures (Oracle Database 19c or later), with SQL*Plus or SQLcl:
--   DEFINE service = DIFERIDO
--   DEFINE tablespace = USERS
--   DEFINE temporary = TEMP
--   DEFINE quota = 1G
--   @01-user.sql
--   service     the user that the service logs in as (DIFERIDO_ORACLE_USER)
--   tablespace, quota  where its jobs are kept, and how much of it; jobs are removed after diferido.retention (24 h)
-- The password is asked for and not shown. ACCEPT keeps it in the session only.
WHENEVER SQLERROR EXIT FAILURE ROLLBACK
SET VERIFY OFF
ACCEPT password CHAR PROMPT 'Password of &&service: ' HIDE

-- Limits that a profile may have and that calls of hours cannot live with. A profile of its own, so that DEFAULT stays as it is:
--   IDLE_TIME        a pool keeps connections that nobody uses for a while (ORA-02396)
--   CONNECT_TIME     and keeps them for days (ORA-02399)
--   CPU_PER_CALL, LOGICAL_READS_PER_CALL  would end a long call (ORA-02393, ORA-02395); they count only with RESOURCE_LIMIT = TRUE
--   CPU_PER_SESSION, LOGICAL_READS_PER_SESSION, COMPOSITE_LIMIT  add up over all the calls of a pooled session (ORA-02392, ORA-02394)
--   PRIVATE_SGA         would limit the memory of a session of a shared server (ORA-02390)
--   PASSWORD_LIFE_TIME  an expired password stops the service (ORA-28001, DATABASE_REFUSED): change it on a plan instead
--   SESSIONS_PER_USER   both pools of each node: 20 + 10 unless they were changed; this is enough for ten nodes
CREATE PROFILE &&service._PROFILE LIMIT
  IDLE_TIME UNLIMITED
  CONNECT_TIME UNLIMITED
  CPU_PER_CALL UNLIMITED
  LOGICAL_READS_PER_CALL UNLIMITED
  CPU_PER_SESSION UNLIMITED
  LOGICAL_READS_PER_SESSION UNLIMITED
  COMPOSITE_LIMIT UNLIMITED
  PRIVATE_SGA UNLIMITED
  PASSWORD_LIFE_TIME UNLIMITED
  SESSIONS_PER_USER 300;
-- FAILED_LOGIN_ATTEMPTS stays as DEFAULT has it: mind that one node with a wrong password locks the user for all of them (ORA-28000).
-- A plan of the Resource Manager that maps this user to a group must not have MAX_EST_EXEC_TIME, SWITCH_GROUP => 'CANCEL_SQL' or
-- 'KILL_SESSION' in that group: they end long calls as well. To limit what the calls take, give the group fewer shares or a lower
-- UTILIZATION_LIMIT: they wait then, rather than fail.

CREATE USER &&service IDENTIFIED BY "&&password"
  DEFAULT TABLESPACE &&tablespace
  TEMPORARY TABLESPACE &&temporary
  QUOTA &&quota ON &&tablespace
  PROFILE &&service._PROFILE;

-- To log in.
GRANT CREATE SESSION TO &&service;
-- To make its own tables at its first start, and to change them with a new version. It may be revoked in between.
GRANT CREATE TABLE TO &&service;

UNDEFINE password
