-- What a browser is rung in: the language of the page where it asked. Null: asked before we noted it.
alter table live_browsers add column language text;
