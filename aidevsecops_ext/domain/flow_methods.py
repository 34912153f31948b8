"""What methods do to what they are called on, as far as their names tell."""

from __future__ import annotations

from .flow_library import words

FRESH_METHODS = words(
    """
    abs json raise_for_status
    all any argmax argmin argsort as_posix bit_length capitalize casefold center conj corr
    corrwith count cov cpu_count cross_val_score cummax cummin cumprod cumsum date
    decision_function decode describe diff dot duplicated elapsed encode endswith equals
    evaluate exists expandtabs explained_variance find format get_config get_depth
    get_feature_names_out get_n_leaves get_params get_support hex hexdigest idxmax idxmin index
    info inverse_transform is_alive is_dir is_file is_integer isalnum isalpha isdecimal isdigit
    isdisjoint isidentifier islower isna isnull isnumeric isoformat isspace issubset issuperset
    istitle isupper item join kurt kurtosis ljust lower lstrip mad max mean median memory_usage
    min mode nonzero notna notnull numpy_function nunique partition predict predict_log_proba
    predict_proba prod ptp quantile rank relative_to replace rfind rindex rjust rsplit rstrip
    savefig score searchsorted sem skew split splitlines startswith state_dict std strftime
    strip sum summary swapcase timestamp title to_clipboard to_csv to_excel to_feather to_hdf
    to_html to_json to_latex to_markdown to_parquet to_pickle to_sql to_string tobytes tofile
    total_seconds trace translate upper value_counts var weekday with_name with_suffix
    write_html write_image zfill
    """
)
SHARING_METHODS = words(
    """
    T absolute add_prefix add_suffix agg aggregate apply applymap asfreq assign astype at_time
    between bfill cat children clip collect columns combine_first contains contiguous
    convert_dtypes copy cpu cuda detach difference dim div divide double drop drop_duplicates
    droplevel dropna element_size eq eval expand expand_as expanding explode extract ffill
    fillna filter first flat flatten float floordiv from_dict ge get get_booster get_dummies
    get_group get_layer get_level_values get_weights glob group groupby groupdict groups gt half
    head iat iloc interpolate intersection isin isoweekday items iterdir iteritems iterrows
    itertuples joinpath keys last lazy le loc long lt map mask match melt merge mod modules
    most_common mul multiply named_modules named_parameters ne nlargest notnull nsmallest numpy
    parameters permute pipe pivot pivot_table pow query radd ravel rdiv reindex rename
    rename_axis repeat resample reset_index reshape resolve rmul rolling round rsub sample
    select select_dtypes set_axis set_index shift size sort_index sort_values squeeze stack sub
    swapaxes swaplevel symmetric_difference tail take to_dict to_frame to_list to_numpy
    to_pandas tolist transform transpose truediv truncate tz_convert tz_localize union unique
    unsqueeze unstack values view where with_columns with_stem xs zip
    """
)
# The result is a string, a number, a truth value or nothing, whatever the receiver is.
PLAIN_METHODS = words(
    """
    as_posix bit_length decode encode endswith exists format hexdigest is_dir is_file isalnum
    isalpha isdecimal isdigit isdisjoint isidentifier islower isnumeric isoformat isspace
    issubset issuperset istitle isupper item join memory_usage savefig startswith strftime
    timestamp to_csv to_excel to_json to_parquet to_pickle total_seconds
    """
)
# The receiver keeps what it is given.
STORING_METHODS = words(
    """
    __init__
    __setitem__ add add_module append appendleft extend extendleft insert push put put_nowait
    register_buffer register_module set_params setdefault update
    """
)
FITTING_METHODS = words(
    """
    fit fit_predict fit_resample fit_transform partial_fit
    """
)
# They draw on the receiver, or on ``ax``; what they are given stays as it is.
DRAWING_METHODS = words(
    """
    add_artist add_patch add_subplot add_trace annotate area axhline axhspan axvline axvspan bar
    bar_label barh box boxplot close colorbar contour contourf despine errorbar fill_between
    flush get_legend grid hexbin hist hist2d hlines imshow invert_xaxis invert_yaxis kde legend
    line loglog map_dataframe matshow pcolormesh pie plot quiver read readline readlines scatter
    seek semilogx semilogy set_aspect set_facecolor set_label set_major_formatter set_title
    set_xlabel set_xlim set_xscale set_xticklabels set_xticks set_ylabel set_ylim set_yscale
    set_yticklabels set_yticks show stackplot stem step suptitle table text tick_params
    tight_layout twinx twiny update_layout update_traces violinplot vlines write writelines
    """
)
CHANGED_KEYWORDS = words("ax axes cax cv file generator out random_state rng")
"""Arguments that are there to be changed, or drawn from: ``out=x``, ``random_state=rng``."""
