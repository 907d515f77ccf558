# states.ftl - a change that no longer fits what stands now.
states-not-now = This has changed meanwhile. Please open it again.
