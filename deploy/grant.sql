-- What the server's login may take on, once the migrations have made the roles.
grant boxster_app to boxster_web with inherit false, set true;
