/* Names of models: what is a rename, and what is a change. */
#include "rooms/evals/model_name.h"
#include "support/support.h"

static const struct model_alias aliases[] = {
    { TEXT("house-model"), TEXT("vendor/Larch Large") },
    { TEXT("OpenAI/prod"), TEXT("birch-2") },
};

static bool same(struct call *call, const char *a, const char *b)
{
    return model_name_same(model_name_normal(call, text_of(a), aliases, 2),
                           model_name_normal(call, text_of(b), aliases, 2));
}

static void a_normal_name_has_no_provider_case_or_separators_of_its_own(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    static const char *const names[][2] = {
        { "openai/gpt-4o", "gpt-4o" },
        { "openrouter/anthropic/Claude_Sonnet  4", "claude-sonnet-4" },
        { "anthropic:claude-sonnet-4", "claude-sonnet-4" },
        { "models/gemini-2.5-pro ", "gemini-2.5-pro" },
        { "llama3:8b", "llama3-8b" },
        { "house_model", "larch-large" },
        { "prod", "birch-2" },
        { "vendor/", "" },
        { "-_x_-", "-x" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_text(model_name_normal(&call, text_of(names[i][0]), aliases, 2), names[i][1]);
    call_release(&call);
}

static void a_snapshot_is_known_by_its_date(void **state)
{
    (void)state;
    bool is_dated;
    assert_text(model_name_family(TEXT("gpt-4o-2024-08-06"), &is_dated), "gpt-4o");
    assert_true(is_dated);
    assert_text(model_name_family(TEXT("claude-sonnet-4-20250514"), &is_dated), "claude-sonnet-4");
    assert_true(is_dated);
    assert_text(model_name_family(TEXT("claude-sonnet-4@20250514"), &is_dated), "claude-sonnet-4");
    assert_true(is_dated);
    assert_text(model_name_family(TEXT("claude-3-5-latest"), &is_dated), "claude-3-5");
    assert_false(is_dated);
    assert_text(model_name_family(TEXT("larch-10000000"), &is_dated), "larch-10000000");
    assert_false(is_dated);
    assert_text(model_name_family(TEXT("-20250514"), &is_dated), "-20250514");
    assert_false(is_dated);
}

static void a_rename_is_no_change(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_true(same(&call, "gpt-4o", "openai/GPT-4o"));
    assert_true(same(&call, "gpt-4o", "gpt-4o-2024-08-06"));
    assert_true(same(&call, "claude-3-5-latest", "anthropic/claude-3-5-20241022"));
    assert_true(same(&call, "house-model", "larch large"));
    call_release(&call);
}

static void another_model_or_snapshot_is_one(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_false(same(&call, "gpt-4o-2024-08-06", "gpt-4o-2024-11-20"));
    assert_false(same(&call, "gpt-4o", "gpt-4o-mini"));
    assert_false(same(&call, "gpt-4o-mini", "gpt-4o-2024-08-06"));
    assert_false(same(&call, "house-model", "house-model-2"));
    assert_false(same(&call, "llama3:8b", "llama3:70b"));
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_normal_name_has_no_provider_case_or_separators_of_its_own),
        cmocka_unit_test(a_snapshot_is_known_by_its_date),
        cmocka_unit_test(a_rename_is_no_change),
        cmocka_unit_test(another_model_or_snapshot_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
